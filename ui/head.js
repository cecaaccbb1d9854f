// What the page's frame is given: its own language, names for Gradio's parts, the theme and text size that were chosen, and
// a line above all else while the server can't be reached or refuses what was sent.
//
// It runs in the page's head, before Gradio, with `language`, `names` by selector, and `refusals`: what is said in place
// of Gradio, by HTTP status, 0 where there is no reply at all. What else is refused, our own server says why.

const SAID = 12_000; // milliseconds, longer than Gradio says the same in its own words
const SIZES = { large: "112.5%", largest: "131.25%" }; // of the text, by the names in the menu of `display.js`
const isDark = matchMedia("(prefers-color-scheme: dark)");
const root = document.documentElement;
const plainFetch = window.fetch;
let lifting;

// Gradio names the browser's language instead, as soon as it has words in it.
function keepLanguage() {
    if (root.lang !== language) root.lang = language;
}

function giveNames() {
    for (const [selector, name] of Object.entries(names)) {
        const part = document.querySelector(selector);
        if (part && part.ariaLabel !== name) part.ariaLabel = name;
    }
}

function chosenDisplay() {
    try {
        return JSON.parse(localStorage.getItem("display")) ?? {};
    } catch {
        return {};
    }
}

function setDark(dark) {
    if (document.body.classList.contains("dark") !== dark) document.body.classList.toggle("dark", dark);
}

// Gradio follows the system, also when that changes later.
function keepTheme() {
    const { theme } = chosenDisplay();
    if (["light", "dark"].includes(theme)) setDark(theme === "dark");
}

function applyDisplay() {
    root.style.fontSize = SIZES[chosenDisplay().size] ?? "";
    setDark(isDark.matches);
    keepTheme();
}

function beginDisplay() {
    applyDisplay();
    new MutationObserver(keepTheme).observe(document.body, { attributeFilter: ["class"] });
}

async function refusal(reply) {
    if (reply.status in refusals) return refusals[reply.status];
    return [413, 429].includes(reply.status) ? (await reply.clone().json()).detail : null;
}

function say(words, status) {
    const notice = document.querySelector("#notice p");
    if (!notice) return;
    clearTimeout(lifting);
    if (notice.textContent !== words) notice.textContent = words;
    root.dataset.refused = status;
    // That the server is away is said for as long as it is.
    if (status) lifting = setTimeout(lift, SAID);
}

function lift() {
    document.querySelector("#notice p").textContent = "";
    delete root.dataset.refused;
}

// Who sent what was refused learns it, and gives it back to the person.
function tellRefused(request) {
    document.dispatchEvent(new CustomEvent("refused", { detail: String(request.url ?? request) }));
}

window.fetch = async (...request) => {
    try {
        const reply = await plainFetch(...request);
        const words = await refusal(reply);
        if (words) {
            say(words, reply.status);
            tellRefused(request[0]);
        } else if (root.dataset.refused === "0") lift();
        return reply;
    } catch (error) {
        if (error.name !== "AbortError") {
            say(refusals[0], 0);
            tellRefused(request[0]);
        }
        throw error;
    }
};

new MutationObserver(keepLanguage).observe(root, { attributeFilter: ["lang"] });
new MutationObserver(giveNames).observe(root, { childList: true, subtree: true, attributeFilter: ["aria-label"] });
if (document.body) beginDisplay();
else document.addEventListener("DOMContentLoaded", beginDisplay);
document.addEventListener("display-changed", applyDisplay);
window.addEventListener("storage", ({ key }) => key === "display" && applyDisplay());
keepLanguage();
