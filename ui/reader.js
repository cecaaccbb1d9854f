// The reader: shows the article that a citation chip names, with its quote marked and scrolled into view.
//
// Gradio calls this once, as the body of a function with `element` (the reader's own element), `trigger` (sends an
// event to Python), `props` (`props.value` is what `reader_pane.view` returned) and `watch`. Text becomes part of the
// page only as `textContent`.

const phone = window.matchMedia("(max-width: 820px)");
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
const pane = element.closest("#reader-pane");
const part = (name) => element.querySelector(`.reader-${name}`);

let chip = null; // the one whose quote is shown; the focus returns to it

function make(tag, className, text) {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text;
    return made;
}

function segmentElement({ text, kind, short, glued }) {
    return make(short ? "strong" : "span", [kind, glued && "glued"].filter(Boolean).join(" "), text);
}

// One <mark> holds all that is quoted, so that its text is the quote and nothing else.
function articleElements(segments) {
    const elements = [];
    let mark = null;
    for (const segment of segments) {
        const shown = segmentElement(segment);
        if (!segment.quoted) {
            mark = null;
            elements.push(shown);
        } else if (mark) {
            mark.append(shown);
        } else {
            mark = make("mark", "quoted", "");
            mark.append(shown);
            elements.push(mark);
        }
    }
    return elements;
}

function fill({ title = "", facts = [], segments = [], problem }) {
    part("title").textContent = title;
    part("facts").replaceChildren(...facts.map((fact) => make("span", "", fact)));
    part("text").replaceChildren(...(problem ? [make("p", "problem", problem)] : articleElements(segments)));
    setFilled(true);
}

function setFilled(filled) {
    part("empty").hidden = filled;
    part("head").hidden = part("text").hidden = !filled;
}

function scrollToQuote() {
    const text = part("text");
    const mark = text.querySelector("mark");
    if (!mark) return;
    const fits = mark.getBoundingClientRect().height < text.clientHeight * 0.8;
    mark.scrollIntoView({ block: fits ? "center" : "start", behavior: calm.matches ? "auto" : "smooth" });
}

// On a phone the reader lies over everything else, which then can't be reached.
function setSheet(open) {
    pane.classList.toggle("open", open);
    for (const behind of document.querySelectorAll("#masthead, #conversation")) {
        behind.toggleAttribute("inert", open && phone.matches);
    }
}

function markChip(current) {
    for (const other of document.querySelectorAll(".chip[aria-current]")) other.removeAttribute("aria-current");
    current?.setAttribute("aria-current", "true");
}

function show() {
    if (!props.value?.view) return;
    fill(props.value);
    setSheet(true);
    if (phone.matches) part("close").focus();
    scrollToQuote();
}

function close() {
    setSheet(false);
    setFilled(false);
    markChip(null);
    chip?.focus();
}

document.addEventListener("click", (event) => {
    const clicked = event.target.closest(".chip");
    if (!clicked) return;
    chip = clicked;
    markChip(chip);
    trigger("click", { place: JSON.parse(chip.dataset.place) });
});
document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && pane.classList.contains("open")) close();
});
phone.addEventListener("change", () => setSheet(pane.classList.contains("open")));
part("close").addEventListener("click", close);
watch("value", show);
