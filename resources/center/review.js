// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Qingce authors
//
// Keys and pictures of the review pages. Everything works without it; no page waits for it.
"use strict";

function move (by)
{
  const stops = Array.from(document.querySelectorAll("a.stop"));
  if (stops.length === 0)
    return;
  const at = stops.indexOf(document.activeElement);
  const to = at < 0 ? (by > 0 ? 0 : stops.length - 1) : Math.min(Math.max(at + by, 0), stops.length - 1);
  const large = document.querySelector(".picture.large"), figure = stops[to].closest(".picture");
  if (large && figure && large !== figure) { // what is looked at large is the next one now
    large.classList.remove("large");
    figure.classList.add("large");
  }
  stops[to].focus();
  stops[to].scrollIntoView({block : "center"});
}

function focusOn (selector)
{
  const target = document.querySelector(selector);
  if (!target)
    return;
  target.focus();
  target.scrollIntoView({block : "center"});
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing)
    return;
  if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName))
    return;
  if (event.key === "j")
    move (1);
  else if (event.key === "k")
    move (-1);
  else if (event.key === "a")
    focusOn ("#approve");
  else if (event.key === "r")
    focusOn ("#code_0");
  else
    return;
  event.preventDefault();
});

for (const tools of document.querySelectorAll(".picture .tools"))
  tools.hidden = false;

document.addEventListener("click", (event) => {
  const figure = event.target.closest(".picture");
  if (!figure)
    return;
  if (event.target.matches("[data-turn]"))
    figure.dataset.turned = String ((Number (figure.dataset.turned || 0) + 1) % 4);
  else if (event.target.matches("[data-zoom]"))
    figure.classList.toggle("large");
});
