// The quotes of the conversation that are from the article that is shown: a list of them, and their marks in the text.
//
// Gradio runs this behind `reader.js`, in the same function. A quote is known by its place, as its chip has it.

const MOST_QUOTES = 50;
let sentQuotes = []; // the places that were sent with the view that is awaited, in the order of their numbers

// The chips that the one that is shown stands among: those of the conversation, or of one list of another kind.
const among = () => (current && current.list !== "#chat" ? siblings() : chips());
const chipAt = (place) => among().find((chip) => chip.dataset.place === place);
const spot = ({ content_hash, start, end }) => [content_hash, start, end].join();

// One chip for each place; an answer that quotes it again adds none, unless it is the one that is shown.
function chipsFrom(id) {
    const here = among().filter((chip) => placeOf(chip).article_id === id);
    const bySpot = new Map(here.map((chip) => [spot(placeOf(chip)), chip]).reverse());
    const shown = shownChip();
    if (here.includes(shown)) bySpot.set(spot(placeOf(shown)), shown);
    return here.filter((chip) => bySpot.get(spot(placeOf(chip))) === chip);
}

function othersFrom(id) {
    const others = chipsFrom(id).filter((chip) => chip !== shownChip());
    sentQuotes = others.slice(0, MOST_QUOTES).map((chip) => chip.dataset.place);
    return sentQuotes.map((place, number) => ({ ...JSON.parse(place), number: number + 1 }));
}

// Beside the answer that is read, its own numbers mean something; those of other answers don't.
function nameQuote(mark, number) {
    const place = sentQuotes[number - 1];
    if (!place) return;
    mark.dataset.place = place;
    const chip = chipAt(place);
    if (siblings().includes(chip)) mark.dataset.number = placeOf(chip).number;
    mark.title = questionOf(chip);
}

function questionOf(chip) {
    if (listOf(chip) !== "#chat") return "";
    const before = [...document.querySelectorAll("#chat .question")].filter(
        (question) => question.compareDocumentPosition(chip) & Node.DOCUMENT_POSITION_FOLLOWING,
    );
    return before.at(-1)?.textContent ?? "";
}

function quoteElement(chip) {
    const item = make("li", "", "");
    const button = make("button", "quote-here", "");
    button.type = "button";
    button.dataset.place = chip.dataset.place;
    if (chip === shownChip()) button.setAttribute("aria-current", "true");
    const words = make("span", "words", chip.closest("figure").querySelector("blockquote").textContent);
    const question = make("span", "about", questionOf(chip));
    words.dir = question.dir = "auto";
    button.append(words, question);
    item.append(button);
    return item;
}

// The only quote, if it is the one that is shown, needs no list, nor do those of other lists than the conversation.
function showQuotes() {
    const shown = shownChip() && placeOf(shownChip()).article_id;
    const here = chipsFrom(current ? shown : listed);
    const { one, many } = part("quotes").firstChild.dataset;
    part("quotes").hidden = here.length < (current ? 2 : 1) || Boolean(current && current.list !== "#chat");
    part("quotes").firstChild.textContent = (here.length === 1 ? one : many).replace("{number}", here.length);
    part("quotes").querySelector("ol").replaceChildren(...here.map(quoteElement));
}

part("quotes").addEventListener("click", (event) => {
    const button = event.target.closest(".quote-here");
    if (button) follow(chipAt(button.dataset.place));
});
