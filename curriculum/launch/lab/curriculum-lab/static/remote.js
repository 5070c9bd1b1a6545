// What JupyterLab loads: a container without a build. It takes JupyterLab's own modules and hands over the plugins.

(() => {
  const here = document.currentScript.src;
  let scope;
  /** One of JupyterLab's modules; never a copy, since tokens and signals must be JupyterLab's own. */
  const shared = async (name) => {
    const versions = Object.values(scope[name] ?? {});
    return versions.length ? (await versions[0].get())() : {};
  };
  (window._JUPYTERLAB ??= {})["curriculum-lab"] = {
    init: (given) => {
      scope = given;
    },
    get: async () => {
      const { plugins } = await import(new URL("plugins.js", here).href);
      const made = await plugins(shared);
      return () => ({ default: made, __esModule: true });
    },
  };
})();
