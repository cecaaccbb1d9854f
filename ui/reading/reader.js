// The reader: shows the article that a citation chip names, with its quote marked and scrolled into view, and leads
// from one citation of an answer to the next and back to the answer.
//
// Gradio calls this once, as the body of a function with `element` (the reader's own element), `trigger` (sends an
// event to Python), `props` (`props.value` is what `reader_pane.view` returned) and `watch`. Text becomes part of the
// page only as `textContent`. Behind it, in the same function, run the reader's other parts.

const phone = window.matchMedia("(max-width: 820px)");
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
const pane = element.closest("#reader-pane");
const part = (name) => element.querySelector(`.reader-${name}`);

// Chips stand in the chat and in other lists of quotes. Gradio may draw these anew at any time, so a chip is known by its
// list and its place there, and never held.
const LISTS = ["#chat", "#followed", "#person", "#draft"];
const TAB_OF = { "#followed": 2 }; // the lists that have a tab of their own
const listOf = (chip) => LISTS.find((list) => chip.closest(list));
const chips = (list = "#chat") => [...document.querySelectorAll(`${list} .chip`)];
const placeOf = (chip) => JSON.parse(chip.dataset.place);
let current = null; // list and place of the chip whose quote is shown; the focus returns to it
let chosen, elsewhere; // whether a person chose what to read, opened another tab, since a question was asked last
let asked = 0; // number of views asked for; an earlier one that comes later is not shown
let opener; // finds what opened that which stands in the article's place
let listed; // the article that was chosen from the list, where no chip was
const shownChip = () => current && chips(current.list)[current.at];

function make(tag, className, text) {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text;
    return made;
}

function segmentElement({ text, kind, short, glued }) {
    return make(short ? "strong" : "span", [kind, glued && "glued"].filter(Boolean).join(" "), text);
}

function markElement({ quoted, also }) {
    const mark = make("mark", quoted ? "quoted" : "also", "");
    if (!quoted) nameQuote(mark, also);
    return mark;
}

// One <mark> holds all of a quote, so that its text is the quote and nothing else.
function articleElements(segments) {
    const elements = [];
    let marked = null; // of the segment before
    for (const segment of segments) {
        const which = segment.quoted ? "quoted" : segment.also;
        if (!which) elements.push(segmentElement(segment));
        else if (which === marked) elements.at(-1).append(segmentElement(segment));
        else {
            elements.push(markElement(segment));
            elements.at(-1).append(segmentElement(segment));
        }
        marked = which;
    }
    return elements;
}

function fillHead({ cited, title = "", facts = [] }) {
    part("title").textContent = title;
    part("facts").classList.toggle("cited", Boolean(cited));
    part("facts").replaceChildren(...facts.map((fact) => make("span", "", fact)));
}

function fill({ link, segments = [], problem }) {
    fillHead(props.value);
    setSeen(props.value);
    part("link").hidden = !link;
    if (link) part("link").href = link;
    part("text").replaceChildren(...(problem ? [make("p", "problem", problem)] : articleElements(segments)));
    part("empty").hidden = true;
    part("head").hidden = part("text").hidden = false;
}

function scrollToQuote() {
    const text = part("text");
    const mark = text.querySelector("mark.quoted");
    if (!mark) return text.scrollTo(0, 0);
    const fits = mark.getBoundingClientRect().height < text.clientHeight * 0.8;
    mark.scrollIntoView({ block: fits ? "center" : "start", behavior: calm.matches ? "auto" : "smooth" });
}

// A quote may be folded away under those that say the same.
function unfold(chip) {
    const fold = chip.closest("details.more");
    if (fold) fold.open = true;
}

// The conversation and a draft take turns beside the article.
function focusChip() {
    if (!pane.contains(shownChip())) document.body.dataset.view = current.list === "#draft" ? "draft" : "";
    unfold(shownChip());
    shownChip().focus();
}

// The chip that a number beside a short answer stands for.
function referred(ref) {
    const all = [...(ref?.closest(".answer").querySelectorAll(".chip") ?? [])];
    return all.find((chip) => String(placeOf(chip).number) === ref.dataset.number);
}

// The citations of the answer that the current one belongs to, in order.
function siblings() {
    const chip = shownChip();
    return chip ? [...chip.closest(".answer").querySelectorAll(".chip")] : [];
}

// The ways lead through the answer that is cited; an article that was chosen from the list has none.
function setWays() {
    const all = props.value.cited ? siblings() : [];
    const position = all.indexOf(shownChip()) + 1;
    const words = part("position");
    words.textContent = words.dataset.words.replace("{number}", position).replace("{count}", all.length);
    part("position").hidden = part("previous").hidden = part("next").hidden = all.length === 0;
    part("back").textContent = part("back").dataset[all.length ? current.list.slice(1) : "list"];
    part("previous").disabled = position <= 1;
    part("next").disabled = position >= all.length;
}

function follow(chip) {
    if (!chip) return;
    unfold(chip);
    for (const list of LISTS) for (const other of chips(list)) other.removeAttribute("aria-current");
    chip.setAttribute("aria-current", "true");
    current = { list: listOf(chip), at: chips(listOf(chip)).indexOf(chip) };
    trigger("click", { place: placeOf(chip), others: othersFrom(placeOf(chip).article_id), asked: ++asked });
}

const step = (by) => follow(siblings()[siblings().indexOf(shownChip()) + by]);

// The tab in front is left alone: a click on it could take the focus from what is being read.
function selectTab(number) {
    const tab = document.querySelectorAll("#tabs [role=tab]")[number];
    if (tab.ariaSelected !== "true") tab.click();
}

function readArticle(id) {
    for (const list of LISTS) for (const chip of chips(list)) chip.removeAttribute("aria-current");
    current = null;
    listed = id;
    trigger("click", { article_id: id, others: othersFrom(id), asked: ++asked });
}

// On a phone the reader is a sheet over everything else, which then can't be reached; the Back button closes it.
function setSheet(open) {
    pane.classList.toggle("open", open);
    for (const behind of document.querySelectorAll("#masthead, #conversation")) {
        behind.toggleAttribute("inert", open && phone.matches);
    }
}

function openSheet() {
    if (!phone.matches || pane.classList.contains("open")) return;
    setSheet(true);
    history.pushState({ sheet: true }, "");
    (current ? part("back") : pane.querySelector(".sheet-close")).focus();
}

function closeSheet() {
    if (history.state?.sheet) history.back();
    else leaveSheet();
}

function leaveSheet() {
    setSheet(false);
    const isElse = document.body.dataset.beside !== "article";
    if (isElse && opener?.() && !pane.contains(opener())) opener().focus();
    else if (shownChip() && !pane.contains(shownChip())) focusChip();
    else document.querySelector(".open-articles").focus();
}

function show() {
    if (props.value?.changed) return showChange(props.value);
    if (props.value?.checked) return showChecked(props.value);
    if (!props.value?.view || props.value.asked < asked) return;
    fill(props.value);
    if (!isRemoving(props.value.removal)) setRemoval(props.value.removal);
    if (!isCorrecting(props.value.correcting)) setCorrecting(props.value.correcting);
    showQuotes();
    findAgain();
    setWays();
    document.body.dataset.beside = "article";
    if (!elsewhere) selectTab(0);
    openSheet();
    requestAnimationFrame(scrollToQuote);
}

// What came of a change by an editor, if its article is still shown.
function showChange({ removal, correcting }) {
    if (removal && ["", part("removal").dataset.id].includes(removal.id)) {
        showRemoval();
        offerCorrecting(removal);
    }
    if (correcting && ["", part("correcting").dataset.id].includes(correcting.id)) showCorrecting(correcting);
}

// Where there is room, the first quote of the latest answer is shown beside it, also a passage that only comes near, but
// not before a tab that was opened while the answer was awaited. Where nothing is quoted, no earlier article is left.
function showLatest() {
    if (phone.matches || chosen) return;
    const all = [...document.querySelectorAll("#chat .question, #chat .answer, #chat .problem")];
    const edited = document.querySelectorAll("#chat .question")[document.body.dataset.asked || -1];
    const shown = edited ? all[all.indexOf(edited) + 1] : all.at(-1);
    const chip = shown?.querySelector(".chip");
    if (chip) follow(chip);
    else if (shown?.matches(".answer")) empty();
}

// A view that was asked for before comes too late.
function empty() {
    asked += 1;
    current = seen = null;
    document.body.dataset.beside = "article";
    closeFind();
    part("empty").hidden = false;
    part("head").hidden = part("text").hidden = true;
}

function back() {
    if (!current) {
        selectTab(1);
        requestAnimationFrame(() => document.querySelector(`.article[data-id="${listed}"]`)?.focus());
    } else if (document.querySelector(`#reader-pane ${current.list}`)) showList();
    else if (pane.classList.contains("open")) closeSheet();
    else if (shownChip()) focusChip();
}

// The list in this pane from which the article was opened takes its place again.
function showList() {
    if (current.list in TAB_OF) selectTab(TAB_OF[current.list]);
    else document.body.dataset.beside = current.list.slice(1);
    requestAnimationFrame(() => shownChip() && focusChip());
}

// A click on a quote's words opens them in their article, unless it selected some of them.
function clickedQuote(target) {
    const quote = getSelection().isCollapsed && target.closest(".answer blockquote");
    return quote ? quote.closest("figure").querySelector(".chip") : null;
}

document.addEventListener("click", (event) => {
    const tab = event.isTrusted && event.target.closest("#tabs [role=tab]");
    if (tab) elsewhere = tab !== document.querySelector("#tabs [role=tab]");
    const chip = event.target.closest(".answer .chip") ?? clickedQuote(event.target);
    if (chip || event.target.closest("#chat .ref, .glance-article, .article")) {
        chosen = true;
        elsewhere = false;
    }
    follow(chip);
    follow(referred(event.target.closest("#chat .ref")));
    const article = event.target.closest(".glance-article")?.dataset.id;
    if (article) readArticle(article);
    const source = event.target.closest(".glance-source");
    if (source) document.body.dataset.source = source.dataset.source;
    if (source || event.target.closest(".open-articles")) {
        current = null;
        elsewhere = true;
        selectTab(1);
        openSheet();
        document.dispatchEvent(new Event("articles-opened"));
    }
});
// On paper, what is folded away is there too.
window.addEventListener("beforeprint", () => {
    for (const fold of document.querySelectorAll("#chat .more")) fold.open = true;
});
for (const asked of ["question-taken", "answer-awaited", "new-conversation"]) {
    document.addEventListener(asked, () => (chosen = elsewhere = false));
}
document.addEventListener("answers-drawn", () => {
    showQuotes();
    showLatest();
});
document.addEventListener("new-conversation", empty);
// Something else takes the article's place beside the chat, and goes again.
document.addEventListener("beside-opened", ({ detail }) => {
    chosen = true;
    opener = detail;
    selectTab(0);
    openSheet();
});
document.addEventListener("beside-closed", () => opener()?.focus());
document.addEventListener("read-article", (event) => readArticle(event.detail));
document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    if (removal("question").contains(document.activeElement)) askToRemove(false);
    else if (correcting("form").contains(document.activeElement)) openCorrecting(false);
    else if (part("find").contains(document.activeElement)) closeFind();
    else if (pane.classList.contains("open")) closeSheet();
    else if (element.contains(document.activeElement)) back();
});
window.addEventListener("popstate", () => {
    if (pane.classList.contains("open")) leaveSheet();
});
phone.addEventListener("change", () => setSheet(phone.matches && pane.classList.contains("open")));
part("text").addEventListener("click", (event) => {
    const mark = event.target.closest("mark.also");
    if (mark) follow(chipAt(mark.dataset.place));
});
part("back").addEventListener("click", back);
pane.querySelector(".sheet-close").addEventListener("click", closeSheet);
part("previous").addEventListener("click", () => step(-1));
part("next").addEventListener("click", () => step(1));
watch("value", show);
