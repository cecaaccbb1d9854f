// What the buttons inside the chat do: copy an answer with its references or a link to it, rate an answer. It also brings
// the question that was asked last into view, and keeps what is being written over a reload.
//
// Gradio calls this once, as the body of a function with `trigger`, which sends an event to Python.

let answers = 0; // how many the conversation has
let drawing; // the look whether all of them are drawn
const box = () => document.querySelector("#question textarea");
const lastQuestion = () => [...document.querySelectorAll("#chat .question")].pop();

function write(question) {
    // The box is Svelte's: it learns what it holds from the event.
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(box(), question);
    box().dispatchEvent(new Event("input", { bubbles: true }));
    box().focus();
}

// What is being written stays over a reload, which Gradio also does by itself once a lost server is there again; and so
// does a question that was cut off by that.
function keepDraft() {
    const asked = document.querySelector("#chat .searching") && lastQuestion();
    sessionStorage.setItem("draft", box().value || (asked?.textContent ?? ""));
}

// Gradio may make the box later, or empty it once more while it begins, so it is looked at until someone does something.
function takeDraft() {
    const draft = sessionStorage.getItem("draft");
    if (!draft) return;
    const fill = () => box()?.value === "" && write(draft);
    const looking = setInterval(fill, 250);
    const stop = () => clearInterval(looking);
    for (const act of ["keydown", "pointerdown"]) document.addEventListener(act, stop, { once: true, capture: true });
    setTimeout(stop, 10_000);
    fill();
}

async function copy(button) {
    const { text, link } = button.dataset;
    await navigator.clipboard.writeText(text ?? new URL(link, location.href).href);
    const words = button.textContent;
    button.textContent = button.dataset.done;
    setTimeout(() => (button.textContent = words), 2000);
}

// The question that was asked last: an edited one stands in its place, any other at the end.
function scrollToQuestion() {
    const place = document.body.dataset.asked;
    const asked = place ? document.querySelectorAll("#chat .question")[place] : lastQuestion();
    asked?.scrollIntoView({ block: "start" });
}

// Gradio tells of an answer a moment before or after it draws it.
function whenDrawn() {
    if (document.querySelectorAll("#chat .answer").length < answers) {
        drawing = requestAnimationFrame(whenDrawn);
        return;
    }
    scrollToQuestion();
    document.dispatchEvent(new Event("answers-drawn"));
}

// A thumb that is pressed again takes the rating back.
function rate(thumb) {
    const rating = thumb.getAttribute("aria-pressed") === "true" ? null : thumb.dataset.rating;
    for (const one of thumb.parentElement.querySelectorAll(".rate")) {
        one.setAttribute("aria-pressed", one.dataset.rating === rating);
    }
    trigger("like", { answer: thumb.dataset.answer, rating });
}

document.addEventListener("click", (event) => {
    const button = event.target.closest(".copy, .copy-reference, .rate");
    if (!button) return;
    if (button.matches(".rate")) rate(button);
    else copy(button);
});

// A menu closes when another is opened, when something else is clicked, and with Escape.
function closeMenus(except) {
    for (const menu of document.querySelectorAll(".menu[open]")) if (menu !== except) menu.open = false;
}

document.addEventListener("click", (event) => closeMenus(event.target.closest(".menu")));
document.addEventListener("keydown", (event) => {
    const menu = document.querySelector(".menu[open]");
    if (event.key !== "Escape" || !menu) return;
    closeMenus();
    menu.querySelector("summary").focus();
});
document.addEventListener("chat-changed", () => requestAnimationFrame(scrollToQuestion));
document.addEventListener("answered", (event) => {
    ({ answers } = event.detail);
    whenDrawn();
});
document.addEventListener("new-conversation", () => {
    answers = 0;
    cancelAnimationFrame(drawing);
});
// A link to an answer that is opened where the page is open already.
window.addEventListener("hashchange", () => location.hash.startsWith("#q=") && location.reload());
window.addEventListener("pagehide", keepDraft);
requestAnimationFrame(takeDraft);
