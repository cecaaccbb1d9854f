// The people and places above the list: shows those that `facets.js` finds, and keeps which are chosen.
//
// Gradio runs this before `articles.js`, in the same function, with `element`.

const named = element.querySelector(".articles-named");
const groups = [...named.querySelectorAll(".named-group")];
const chosenPeople = new Set(); // and places, in the order in which they were chosen

function nameButton([name, count], { title }) {
    const button = make("button", "named", "");
    button.type = "button";
    button.dataset.name = name;
    button.title = title.replace("{name}", name);
    button.setAttribute("aria-pressed", chosenPeople.has(name));
    const shown = make("span", "", name);
    shown.dir = "auto";
    button.append(shown, make("span", "number", count));
    return button;
}

// Beside a person stands what opens the page of the person.
function personButton([name], { open }) {
    const button = make("button", "person-open", "");
    button.classList.add("person-icon");
    button.type = "button";
    button.dataset.speaker = name;
    button.title = button.ariaLabel = open.replace("{name}", name);
    return button;
}

// One that was chosen stays, though it may no longer be among those named most.
function showNamed(found) {
    const listed = found.flat().map(([name]) => name);
    const missing = [...chosenPeople].filter((name) => !listed.includes(name)).map((name) => [name, ""]);
    const focused = named.contains(document.activeElement) && document.activeElement.dataset.name;
    groups.forEach((group, number) => {
        const names = [...(number ? [] : missing), ...found[number]];
        const isOfPeople = "open" in group.dataset;
        const buttons = (one) => [nameButton(one, group.dataset), ...(isOfPeople ? [personButton(one, group.dataset)] : [])];
        group.replaceChildren(...names.flatMap(buttons));
        group.hidden = names.length === 0;
    });
    named.hidden = groups.every((group) => group.hidden);
    named.removeAttribute("aria-busy");
    if (focused) [...named.querySelectorAll(".named")].find(({ dataset }) => dataset.name === focused)?.focus();
}

function awaitNamed() {
    named.setAttribute("aria-busy", "true");
}

function tellNames() {
    named.querySelector(".named-chosen").textContent = [...chosenPeople].join(", ");
}

function chooseName(button) {
    const { name } = button.dataset;
    if (!chosenPeople.delete(name)) chosenPeople.add(name);
    button.setAttribute("aria-pressed", chosenPeople.has(name));
    tellNames();
}

function dropName(name) {
    chosenPeople.delete(name);
    for (const button of named.querySelectorAll(".named")) if (button.dataset.name === name) button.ariaPressed = "false";
    tellNames();
}

document.addEventListener("named-found", ({ detail }) => showNamed(detail));
named.open = !window.matchMedia("(max-width: 820px)").matches;
