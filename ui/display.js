// The menu for theme and text size: shows what was chosen, keeps it in the browser, and has `head.js` apply it.
//
// Gradio calls this once, as the body of a function with `element`.

const KEY = "display"; // in the browser's storage; `head.js` reads it too
const radios = [...element.querySelectorAll("[type=radio]")];
const nameOf = (radio) => radio.name.replace("display-", "");

function chosen() {
    try {
        return JSON.parse(localStorage.getItem(KEY)) ?? {};
    } catch {
        return {};
    }
}

function show() {
    const choice = chosen();
    for (const fieldset of element.querySelectorAll("fieldset")) {
        const own = [...fieldset.querySelectorAll("input")];
        (own.find((radio) => radio.value === choice[nameOf(radio)]) ?? own[0]).checked = true;
    }
}

element.addEventListener("change", () => {
    const choice = Object.fromEntries(radios.filter((radio) => radio.checked).map((radio) => [nameOf(radio), radio.value]));
    localStorage.setItem(KEY, JSON.stringify(choice));
    document.dispatchEvent(new Event("display-changed"));
});
window.addEventListener("storage", ({ key }) => key === KEY && show());
show();
