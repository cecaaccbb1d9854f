// The box that finds words in the article that is shown. It marks them without touching the text, so that quotes stay
// marked and what is copied stays as it is. Case, accents, line breaks and the kind of quotation mark make no difference.
//
// Gradio runs this behind `reader.js`, in the same function.

const MOST_PLACES = 2000;
const ALIKE = { "‘": "'", "’": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-" };
const find = (name) => element.querySelector(`.find-${name}`);
let foundPlaces = []; // a Range for each
let foundAt = -1; // the one that is shown

function foldCharacter(character) {
    if (/\s/.test(character)) return " ";
    return ALIKE[character] ?? character.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

// The folded text, and for each unit of it where the character that it comes from begins and ends in the text.
function folded(text) {
    let written = "";
    let at = 0;
    const spans = [];
    for (const character of text) {
        const span = [at, (at += character.length)];
        const shown = foldCharacter(character);
        if (shown === " " && written.endsWith(" ")) continue;
        written += shown;
        spans.push(...Array(shown.length).fill(span));
    }
    return { written, spans };
}

function textNodes() {
    const walker = document.createTreeWalker(part("text"), NodeFilter.SHOW_TEXT);
    const nodes = [];
    for (let at = 0; walker.nextNode(); at += walker.currentNode.length) nodes.push({ node: walker.currentNode, at });
    return nodes;
}

// Ascending places in the text as ranges; each begins its search where the last one ended.
function rangesOf(places, nodes) {
    let number = 0;
    const put = (at) => {
        while (number + 1 < nodes.length && nodes[number + 1].at <= at) number += 1;
        return [nodes[number].node, Math.min(at - nodes[number].at, nodes[number].node.length)];
    };
    return places.map(([start, end]) => {
        const range = new Range();
        range.setStart(...put(start));
        range.setEnd(...put(end));
        return range;
    });
}

function placesOf(words) {
    const { written, spans } = folded(part("text").textContent);
    const wanted = folded(words.trim()).written;
    const places = [];
    for (let at = written.indexOf(wanted); wanted && at >= 0 && places.length < MOST_PLACES; ) {
        places.push([spans[at][0], spans[at + wanted.length - 1][1]]);
        at = written.indexOf(wanted, at + wanted.length);
    }
    return places;
}

function highlight(name, ranges) {
    if (CSS.highlights) CSS.highlights.set(name, new Highlight(...ranges));
}

function tellFound() {
    const { words, none } = find("count").dataset;
    const isAsked = find("words").value.trim() !== "";
    const told = words.replace("{number}", foundAt + 1).replace("{count}", foundPlaces.length);
    find("count").textContent = foundPlaces.length ? told : isAsked ? none : "";
    find("previous").disabled = find("next").disabled = foundPlaces.length < 2;
}

function goToPlace(number) {
    foundAt = foundPlaces.length ? (number + foundPlaces.length) % foundPlaces.length : -1;
    const here = foundPlaces[foundAt];
    highlight("found-here", here ? [here] : []);
    tellFound();
    if (!here) return;
    const [place, box] = [here.getBoundingClientRect(), part("text").getBoundingClientRect()];
    if (place.top >= box.top && place.bottom <= box.bottom) return;
    part("text").scrollBy({ top: place.top - box.top - box.height / 3, behavior: calm.matches ? "auto" : "smooth" });
}

// The first place that can be seen or comes behind, so that nobody is led away from what is being read.
function findWords() {
    foundPlaces = rangesOf(placesOf(find("words").value), textNodes());
    highlight("found", foundPlaces);
    const { top } = part("text").getBoundingClientRect();
    const below = foundPlaces.findIndex((range) => range.getBoundingClientRect().top >= top);
    goToPlace(Math.max(0, below));
}

function openFind() {
    part("find").hidden = false;
    find("open").setAttribute("aria-expanded", "true");
    find("words").focus();
    find("words").select();
    findWords();
}

function closeFind() {
    const focused = part("find").contains(document.activeElement);
    foundPlaces = [];
    part("find").hidden = true;
    find("open").setAttribute("aria-expanded", "false");
    for (const name of ["found", "found-here"]) highlight(name, []);
    if (focused) part("text").focus();
}

// Another article is shown: the words are looked for in it too.
function findAgain() {
    if (!part("find").hidden) findWords();
}

find("open").addEventListener("click", () => (part("find").hidden ? openFind() : closeFind()));
find("close").addEventListener("click", closeFind);
find("words").addEventListener("input", findWords);
find("next").addEventListener("click", () => goToPlace(foundAt + 1));
find("previous").addEventListener("click", () => goToPlace(foundAt - 1));
find("words").addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    goToPlace(foundAt + (event.shiftKey ? -1 : 1));
});
// In the reader, the browser's own key opens the box; in the box, it is the browser's again.
element.addEventListener("keydown", (event) => {
    const isKey = event.key.toLowerCase() === "f" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if (!isKey || part("text").hidden || document.activeElement === find("words")) return;
    event.preventDefault();
    openFind();
});
