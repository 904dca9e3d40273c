// A worker that dies before it has received anything.
throw new Error("stillborn");
