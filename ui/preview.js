// A small card beside the number of a citation, while the pointer rests on it or it has the focus: title, date, sentence.
//
// Gradio calls this once, as the body of a function with `element`. All that the card shows stands in the answer already.

const RESTS = 150; // milliseconds before the card comes, and before it goes
const card = element.querySelector(".preview");
const part = (name) => card.querySelector(`.preview-${name}`);
let shownFor = null;
let timer;

// The quote that a number stands for: in the same answer, or in the one that the reader shows.
function figureOf(number) {
    const answer = number.closest(".answer") ?? document.querySelector(".chip[aria-current]")?.closest(".answer");
    const chips = [...(answer?.querySelectorAll(".chip") ?? [])];
    const chip = chips.find((one) => one.querySelector(".number").textContent === number.dataset.number);
    return chip?.closest("figure");
}

const isAt = (number) => number.matches(":hover, :focus-visible");

function show(number) {
    const figure = figureOf(number);
    if (!figure || !isAt(number)) return;
    part("title").textContent = figure.querySelector(".title").textContent;
    part("about").replaceChildren(...[...figure.querySelectorAll(".source, time, .age")].map((told) => told.cloneNode(true)));
    part("quote").textContent = figure.querySelector("blockquote").textContent;
    card.hidden = false;
    shownFor?.removeAttribute("aria-describedby");
    shownFor = number;
    number.setAttribute("aria-describedby", card.id);
    place(number.getBoundingClientRect());
}

// Below the number, or above it where there is no room; never beyond the window.
function place(at) {
    const { width, height } = card.getBoundingClientRect();
    const below = at.bottom + 6 + height <= innerHeight;
    card.style.top = `${below ? at.bottom + 6 : Math.max(6, at.top - 6 - height)}px`;
    card.style.left = `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`;
}

function conceal() {
    card.hidden = true;
    shownFor?.removeAttribute("aria-describedby");
    shownFor = null;
}

function hide() {
    clearTimeout(timer);
    conceal();
}

// What moves the number takes the card along, as long as the number can be seen. A number that is rested on while
// something still scrolls, as with the focus or a newly shown quote, gets its card all the same.
function follow(scrolled) {
    if (!shownFor || (shownFor.isConnected && !scrolled.contains(shownFor))) return;
    if (isAt(shownFor) && isSeen(shownFor)) place(shownFor.getBoundingClientRect());
    else conceal();
}

function isSeen(number) {
    const [{ left, top, width, height }] = number.getClientRects();
    return number.contains(document.elementFromPoint(left + width / 2, top + height / 2));
}

function later(act) {
    clearTimeout(timer);
    timer = setTimeout(act, RESTS);
}

const numberAt = (target) => target.closest?.("#chat .ref, .reader-text .also");

document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const number = numberAt(event.target);
    if (number) later(() => show(number));
    else if (card.contains(event.target)) clearTimeout(timer);
    else if (!card.hidden && document.activeElement !== shownFor) later(hide);
    else clearTimeout(timer);
});
document.addEventListener("focusin", (event) => {
    const number = numberAt(event.target);
    if (number?.matches(":focus-visible")) show(number);
    else hide();
});
document.addEventListener("click", (event) => !card.contains(event.target) && hide());
document.addEventListener("scroll", (event) => follow(event.target), { capture: true, passive: true });
document.addEventListener("keydown", (event) => event.key === "Escape" && !card.hidden && hide());
