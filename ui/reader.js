// The reader: shows the article that a citation chip names, with its quote marked and scrolled into view.
//
// Gradio calls this once, as the body of a function with `element` (the reader's own element), `trigger` (sends an
// event to Python), `props` (`props.value` is what Python returned) and `watch`. Text becomes part of the page only
// as `textContent`.

const PHONE = window.matchMedia("(max-width: 820px)");
const BEHIND = ["#masthead", "#conversation"];

const part = (name) => element.querySelector(`.reader-${name}`);
const pane = element.closest("#reader-pane");
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

let chip = null; // the one whose quote is shown, to which the focus returns

function made(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
}

function segmentElement(segment) {
    const classes = [segment.kind ?? "", segment.glued ? "glued" : ""].join(" ").trim();
    return made(segment.short ? "strong" : "span", classes, segment.text);
}

// One <mark> holds all that is quoted, so that its text is the quote and nothing else.
function articleElements(segments) {
    const elements = [];
    let mark = null;
    for (const segment of segments) {
        if (!segment.quoted) {
            mark = null;
            elements.push(segmentElement(segment));
            continue;
        }
        if (mark === null) elements.push((mark = made("mark", "quoted")));
        mark.append(segmentElement(segment));
    }
    return elements;
}

function fill(view) {
    part("title").textContent = view.title ?? "";
    part("facts").replaceChildren(...(view.facts ?? []).map((fact) => made("span", "", fact)));
    const problem = view.problem ? [made("p", "problem", view.problem)] : [];
    part("text").replaceChildren(...problem, ...articleElements(view.segments ?? []));
    part("empty").hidden = true;
    part("head").hidden = part("text").hidden = false;
}

function scrollToQuote() {
    const mark = part("text").querySelector("mark");
    if (!mark) {
        part("text").scrollTop = 0;
        return;
    }
    const block = mark.getBoundingClientRect().height > part("text").clientHeight * 0.8 ? "start" : "center";
    mark.scrollIntoView({ block, behavior: calm.matches ? "auto" : "smooth" });
}

function setBehind(inert) {
    for (const selector of BEHIND) document.querySelector(selector)?.toggleAttribute("inert", inert);
}

function open() {
    pane.classList.add("open");
    if (!PHONE.matches) return;
    setBehind(true);
    part("close").focus();
}

function close() {
    pane.classList.remove("open");
    setBehind(false);
    markChip(null);
    part("empty").hidden = false;
    part("head").hidden = part("text").hidden = true;
    chip?.focus();
}

function markChip(current) {
    for (const other of document.querySelectorAll(".chip[aria-current]")) other.removeAttribute("aria-current");
    current?.setAttribute("aria-current", "true");
}

function show() {
    if (!props.value?.view) return;
    fill(props.value);
    open();
    scrollToQuote();
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

PHONE.addEventListener("change", () => setBehind(PHONE.matches && pane.classList.contains("open")));
part("close").addEventListener("click", close);
watch("value", show);
