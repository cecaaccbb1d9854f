// The page of a person: asks for the words of the person whose name is clicked, and shows what Python finds in the place
// of the article.
//
// Gradio calls this once, as the body of a function with `element`, `trigger`, `props` and `watch`.

const STEP = 50; // statements
const page = element.closest("#person");
const part = (name) => element.querySelector(`.person-${name}`);
const sides = [...part("sides").children];
let shown = { speaker: "", about: "", by_others: false, limit: STEP };
let asked = 0;
let before = 0; // how many quotes there were when more were asked for; the focus goes to the next one

const isBeside = () => document.body.dataset.beside === "person";

function ask() {
    page.setAttribute("aria-busy", "true");
    part("found").textContent = part("head").dataset.searching;
    for (const side of sides) side.setAttribute("aria-pressed", String(shown.by_others) === side.dataset.others);
    trigger("select", { ...shown, asked: ++asked });
}

function open(speaker) {
    shown = { speaker, about: "", by_others: false, limit: STEP };
    part("name").textContent = speaker;
    part("form").elements[0].value = "";
    document.querySelector("#person-quotes")?.scrollTo(0, 0);
    document.body.dataset.beside = "person";
    const opener = () => document.querySelector(`.person-open[data-speaker="${CSS.escape(speaker)}"]`);
    document.dispatchEvent(new CustomEvent("beside-opened", { detail: opener }));
    part("name").focus();
    ask();
}

function change(what) {
    shown = { ...shown, limit: STEP, ...what };
    ask();
}

function show() {
    if (props.value?.asked !== asked) return;
    part("name").textContent = props.value.name;
    part("found").textContent = props.value.found;
    page.removeAttribute("aria-busy");
}

function showMore() {
    before = page.querySelectorAll(".chip").length;
    shown.limit = Math.min(1000, shown.limit + STEP);
    ask();
}

// Python redraws the quotes when there are more of them.
function focusNext() {
    const next = before && page.querySelectorAll(".chip")[before];
    if (!next) return;
    before = 0;
    next.focus();
}

function close() {
    document.body.dataset.beside = "article";
    document.dispatchEvent(new Event("beside-closed"));
}

document.addEventListener("click", (event) => {
    const name = event.target.closest(".person-open");
    if (name) open(name.dataset.speaker);
});
page.addEventListener("click", (event) => event.target.closest(".person-more") && showMore());
part("sides").addEventListener("click", (event) => {
    const side = event.target.closest("button");
    if (side) change({ by_others: side.dataset.others === "true" });
});
part("form").addEventListener("submit", (event) => {
    event.preventDefault();
    change({ about: event.target.elements[0].value });
});
// The cross of the box, which empties it, is no submit.
part("form").elements[0].addEventListener("search", ({ target }) => !target.value && shown.about && change({ about: "" }));
part("close").addEventListener("click", close);
document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || !page.contains(document.activeElement)) return;
    if (matchMedia("(max-width: 820px)").matches) return; // there it closes the sheet
    close();
});
new MutationObserver(focusNext).observe(page, { childList: true, subtree: true });
watch("value", show);
