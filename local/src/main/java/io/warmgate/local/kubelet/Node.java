package io.warmgate.local.kubelet;

import io.warmgate.local.kubelet.image.ImageCatalog;
import io.warmgate.local.network.LoopbackBlock;
import io.warmgate.local.process.ChildProcesses;
import java.nio.file.Path;

/**
 * What the pods of this machine share.
 *
 * @param state the state folder
 * @param path the PATH of the pods
 */
public record Node(
    Path state,
    String path,
    ImageCatalog images,
    LoopbackBlock addresses,
    ChildProcesses children) {

  /** The hosts file that pods of a namespace see. */
  public static Path hosts(Path state, String namespace) {
    return state.resolve("hosts").resolve(namespace);
  }
}
