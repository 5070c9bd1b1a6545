// The plugins: one for lessons, one for the loss of the line, which the lessons' own widgets tell in better words.

import { callouts } from "./callouts.js";
import { fold } from "./folding.js";
import { links } from "./links.js";
import { mendBack } from "./back.js";
import { outline } from "./outline.js";
import { quiet } from "./quiet.js";
import { ready } from "./ready.js";

/** Whether a notebook is one of the course's, which its metadata say. */
const isLesson = (panel) => Boolean(panel.context.model?.getMetadata?.("curriculum"));

export async function plugins(shared) {
  const { INotebookTracker, NotebookActions } = await shared("@jupyterlab/notebook");
  const { IConnectionLost } = await shared("@jupyterlab/application");
  const { PageConfig } = await shared("@jupyterlab/coreutils");
  const { KernelAPI } = await shared("@jupyterlab/services");
  const { showDialog, Dialog } = await shared("@jupyterlab/apputils");
  const { Widget } = await shared("@lumino/widgets");

  const lessons = {
    id: "curriculum-lab:lessons",
    autoStart: true,
    requires: [INotebookTracker],
    activate: (app, tracker) => {
      style(new URL("look.css", import.meta.url).href);
      mendBack(app);
      const lab = { app, NotebookActions, PageConfig, KernelAPI, showDialog, Dialog, Widget };
      tracker.widgetAdded.connect(async (_, panel) => {
        await panel.context.ready;
        if (!isLesson(panel)) return;
        panel.addClass("course-lesson");
        callouts(panel);
        links(panel, lab);
        quiet(panel, lab);
        const runner = ready(panel, lab);
        fold(panel, lab, runner);
        outline(panel, lab, runner);
      });
    },
  };
  const made = [lessons];
  // On a hub the line may be down because the server was stopped, and the hub's own words say how to start it.
  if (IConnectionLost && !PageConfig.getOption("hubPrefix"))
    made.push({ id: "curriculum-lab:line", autoStart: true, provides: IConnectionLost, activate: () => async () => {} });
  return made;
}

function style(href) {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = href;
  document.head.append(link);
}
