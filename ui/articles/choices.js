// The lists of names of which several can be chosen, such as sources.
//
// Gradio runs this before `articles.js`, in the same function, with `element`. Text becomes part of the page only as
// `textContent`.

const SHORT = 8; // names; a longer list can be searched
const choices = [...element.querySelectorAll(".choice")];
const inChoice = (choice, name) => choice.querySelector(`.choice-${name}`);
const boxesOf = (choice) => [...choice.querySelectorAll("[type=checkbox]")];
const chosenIn = (choice) => boxesOf(choice).filter((box) => box.checked);

function make(tag, className, text) {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text;
    return made;
}

function nameElement(field, name, count) {
    const item = make("li", "", "");
    const label = make("label", "", "");
    const box = Object.assign(document.createElement("input"), { type: "checkbox", name: field, value: name });
    const shown = make("span", "", name);
    shown.dir = "auto";
    label.append(box, shown, make("span", "number", count));
    item.append(label);
    return item;
}

// The names stay as long as they are the same, so that neither the focus nor a click is lost. Without a name to choose,
// authors and sections take no room.
function fillChoice(field, names) {
    const choice = choices.find(({ dataset }) => dataset.field === field);
    const listed = JSON.stringify(names);
    if (choice.dataset.names === listed) return;
    const before = chosenIn(choice).map((box) => box.value);
    choice.dataset.names = listed;
    choice.querySelector("ul").replaceChildren(...names.map(([name, count]) => nameElement(field, name, count)));
    for (const box of boxesOf(choice)) box.checked = before.includes(box.value);
    if (field !== "sources") choice.hidden = names.length === 0;
    inChoice(choice, "find").hidden = names.length <= SHORT;
    narrowChoice(choice);
    tellChosen(choice);
}

function tellChosen(choice) {
    const names = chosenIn(choice).map((box) => box.value);
    const told = inChoice(choice, "chosen");
    told.textContent = names.join(", ") || told.dataset.every;
    told.title = names.length > 1 ? told.textContent : "";
    inChoice(choice, "every").hidden = names.length === 0;
}

function narrowChoice(choice) {
    const wanted = inChoice(choice, "find").value.trim().toLowerCase();
    for (const box of boxesOf(choice)) box.closest("li").hidden = !box.value.toLowerCase().includes(wanted);
}

// Checks these names and no others. Returns whether all of them are there.
function setChosen(field, names) {
    const choice = choices.find(({ dataset }) => dataset.field === field);
    const boxes = boxesOf(choice);
    if (!names.every((name) => boxes.some((box) => box.value === name))) return false;
    for (const box of boxes) box.checked = names.includes(box.value);
    tellChosen(choice);
    return true;
}

const chosenNames = (field) => chosenIn(choices.find(({ dataset }) => dataset.field === field)).map((box) => box.value);

function closeChoice(choice) {
    choice.querySelector("details").open = false;
}

for (const choice of choices) {
    choice.addEventListener("input", (event) => {
        if (!event.target.matches(".choice-find")) return tellChosen(choice);
        event.stopPropagation(); // it narrows the names alone, and asks nothing
        narrowChoice(choice);
    });
    inChoice(choice, "every").addEventListener("click", () => {
        setChosen(choice.dataset.field, []);
        choice.querySelector("summary").focus();
        choice.dispatchEvent(new Event("input", { bubbles: true }));
    });
    choice.addEventListener("keydown", (event) => {
        if (event.key !== "Escape" || !choice.querySelector("details").open) return;
        event.stopPropagation(); // the pane stays open
        event.preventDefault();
        closeChoice(choice);
        choice.querySelector("summary").focus();
    });
    choice.addEventListener("focusout", ({ relatedTarget }) => {
        if (relatedTarget && !choice.contains(relatedTarget)) closeChoice(choice);
    });
}
document.addEventListener("pointerdown", (event) => {
    for (const choice of choices) if (!choice.contains(event.target)) closeChoice(choice);
});
