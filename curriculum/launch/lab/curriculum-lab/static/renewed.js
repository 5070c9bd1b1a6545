// Tells of a kernel that is new, also where nobody said so.

const SAID = ["starting", "restarting", "autorestarting"];

/** Calls `heard` whenever another process is behind the kernel. What is restarted elsewhere says that it starts before
 * this page listens to it again, so the name that a process gives itself in its messages counts, too. */
export function whenRenewed({ statusChanged, iopubMessage, kernelChanged }, heard) {
  let process = null;
  let told = false;
  statusChanged.connect((_, status) => {
    if (!SAID.includes(status)) return;
    told = true;
    heard();
  });
  iopubMessage.connect((_, { header }) => {
    if (process && process !== header.session && !told) heard();
    process = header.session;
    told = false;
  });
  kernelChanged.connect(() => (process = null));
}
