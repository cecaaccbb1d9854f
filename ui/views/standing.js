// Follows questions: the buttons below the answers and in the list of followed questions, and how many reports are new.
//
// Gradio calls this once, as the body of a function with `element`, `trigger`, `props` and `watch`. Python draws the list;
// which reports this browser has not shown yet, only the browser knows.

const { place, unread } = element.querySelector(".standing").dataset;
const [one, many] = JSON.parse(unread);
const root = document.documentElement;
let told = { ids: [], reports: [] };
let removed = null; // the question that is being removed, and the next one in the list
let newSince = null; // reports with a higher number are marked as new, until the page is loaded again

function readSeen() {
    try {
        return JSON.parse(localStorage.getItem(place));
    } catch {
        return null;
    }
}

function keepSeen(number) {
    try {
        localStorage.setItem(place, number);
    } catch {
        // without room to keep it, they are new again with the next load
    }
}

const newest = () => Math.max(0, ...told.reports);

// Who opens the archive for the first time is told of nothing that was there before.
function begin() {
    if (readSeen() === null) keepSeen(newest());
    newSince = readSeen() ?? newest();
}

function setPressed() {
    for (const button of document.querySelectorAll("#chat .follow")) {
        button.setAttribute("aria-pressed", told.ids.includes(button.dataset.id));
    }
}

function setUnread() {
    if (newSince === null) return;
    if (document.querySelector("#followed .followed")?.checkVisibility()) keepSeen(newest());
    const number = told.reports.filter((report) => report > (readSeen() ?? newSince)).length;
    document.body.toggleAttribute("data-unread", number > 0);
    root.style.setProperty("--unread", JSON.stringify(String(number)));
    root.style.setProperty("--unread-words", JSON.stringify((number === 1 ? one : many).replace("{number}", number)));
    for (const report of document.querySelectorAll("#followed .report")) {
        report.classList.toggle("is-new", Number(report.dataset.number) > newSince);
    }
}

function show() {
    if (!props.value?.number) return;
    told = props.value;
    if (newSince === null) begin();
    setPressed();
    setUnread();
}

function follow(button) {
    const followed = button.getAttribute("aria-pressed") !== "true";
    for (const same of document.querySelectorAll("#chat .follow")) {
        if (same.dataset.id === button.dataset.id) same.setAttribute("aria-pressed", followed);
    }
    trigger("select", { answer: button.dataset.answer, followed });
}

function remove(button) {
    const all = [...document.querySelectorAll("#followed .unfollow")];
    const at = all.indexOf(button);
    removed = { id: button.dataset.id, next: (all[at + 1] ?? all[at - 1])?.dataset.id };
    trigger("delete", { id: removed.id });
}

const unfollowOf = (id) => document.querySelector(`#followed .unfollow[data-id="${id}"]`);

// The list was drawn anew: the focus goes to the button of the next question, or to the tab.
function keepFocus() {
    if (!removed || unfollowOf(removed.id)) return;
    (unfollowOf(removed.next) ?? document.querySelector("#followed-tab-button")).focus();
    removed = null;
}

// The list is drawn when its tab is opened first, and is seen whenever the pane is opened or another tab is chosen. Gradio
// may draw the pane after this script has run.
function observe() {
    const pane = document.querySelector("#reader-pane");
    if (!pane) return requestAnimationFrame(observe);
    const observed = { attributeFilter: ["aria-selected", "class"], childList: true, subtree: true };
    new MutationObserver(() => {
        setUnread();
        keepFocus();
    }).observe(pane, observed);
}

document.addEventListener("click", (event) => {
    const button = event.target.closest("#chat .follow, #followed .unfollow");
    if (button?.matches(".follow")) follow(button);
    else if (button) remove(button);
});
document.addEventListener("answers-drawn", setPressed);
document.addEventListener("chat-changed", () => requestAnimationFrame(setPressed));
window.addEventListener("storage", ({ key }) => key === place && setUnread());
watch("value", show);
show();
observe();
