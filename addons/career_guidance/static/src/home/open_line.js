/**
 * Open a list with exactly what was counted.
 *
 * @param {Object} actionService
 * @param {Object} line - action: external id of a window action; domain: what it shows
 * @returns {Promise}
 */
export async function openLine(actionService, {action, domain}) {
  const description = await actionService.loadAction(action);
  return actionService.doAction({...description, domain, context: {}});
}
