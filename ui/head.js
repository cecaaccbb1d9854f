// What the page's frame is given: its own language, names for Gradio's parts, and a line above all else while the server
// can't be reached or refuses what was sent.
//
// It runs in the page's head, before Gradio, with `language`, `names` by selector, and `refusals`: what is said by HTTP
// status, 0 where there is no reply at all.

const SAID = 12_000; // milliseconds, longer than Gradio says the same in its own words
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

function say(status) {
    const notice = document.querySelector("#notice p");
    if (!notice) return;
    clearTimeout(lifting);
    if (notice.textContent !== refusals[status]) notice.textContent = refusals[status];
    root.dataset.refused = status;
    // That the server is away is said for as long as it is.
    if (status) lifting = setTimeout(lift, SAID);
}

function lift() {
    document.querySelector("#notice p").textContent = "";
    delete root.dataset.refused;
}

window.fetch = async (...request) => {
    try {
        const reply = await plainFetch(...request);
        if (reply.status in refusals) say(reply.status);
        else if (root.dataset.refused === "0") lift();
        return reply;
    } catch (error) {
        if (error.name !== "AbortError") say(0);
        throw error;
    }
};

new MutationObserver(keepLanguage).observe(root, { attributeFilter: ["lang"] });
new MutationObserver(giveNames).observe(root, { childList: true, subtree: true, attributeFilter: ["aria-label"] });
keepLanguage();
