package io.warmgate.local.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;

/**
 * Where a pod's files lie.
 *
 * @param base this pod's alone, gone with it
 * @param logs kept after the pod, until the next cluster in this state folder
 * @param claims folders of the namespace's volume claims, which outlive pods
 */
record PodFolder(Path base, Path logs, Path claims) {

  static PodFolder of(Path state, Pod pod) {
    var meta = pod.getMetadata();
    String name = meta.getNamespace() + "_" + meta.getName();
    return new PodFolder(
        state.resolve("pods").resolve(name + "_" + meta.getUid()),
        PodLogs.folder(state, meta.getNamespace(), meta.getName()),
        state.resolve("volumes").resolve(meta.getNamespace()));
  }

  /** What the pod's processes see as the root of the mounts. */
  Path root() {
    return base.resolve("root");
  }

  Path volume(String name) {
    return base.resolve("volumes").resolve(name);
  }

  /** The mount point of a path inside a container. */
  Path mount(String mountPath) {
    return root().resolve(mountPath.substring(mountPath.startsWith("/") ? 1 : 0));
  }
}
