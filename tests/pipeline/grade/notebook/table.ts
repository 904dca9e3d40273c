import type { MadeNotebook } from "./made_notebooks.ts";

const course = (more: Partial<MadeNotebook> = {}): MadeNotebook => ({
  pieces: ["keras", "course/right", "fit_course"],
  ...more,
});
export const MADE: Record<string, MadeNotebook> = {
  course: course(),
  torchvision: { pieces: ["torchvision", "course/right", "fit_course"], changes: [["plt.plot(net.train_loss); plt.plot(net.val_loss); plt.show()", "net.train_loss"]] },
  np_float: { pieces: ["np_float", "course/right", "fit_course"], changes: [["plt.plot(net.train_loss); plt.plot(net.val_loss); plt.show()", "net.train_loss"]] },
  spread: { pieces: ["keras", "spread"] },
  layer_objects: { pieces: ["keras", "course/layer_objects", "fit_net"] },
  train_function: { pieces: ["keras", "train_function"] },
  functions: { pieces: ["keras", "functions"] },
  inside_fit: { pieces: ["keras", "inside_fit"] },
  local_losses: { pieces: ["keras", "local_losses"] },
  params_dict: { pieces: ["keras", "course/params_dict", "fit_net"] },
};
