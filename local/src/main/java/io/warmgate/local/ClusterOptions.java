package io.warmgate.local;

import java.nio.file.Path;
import java.util.List;

/**
 * How a local cluster is to be.
 *
 * @param repository Warmgate's tree, built
 * @param javaHome the JDK that pods run on
 * @param path the PATH of the pods
 * @param files manifests to apply and watch
 * @param api which API server
 */
public record ClusterOptions(
    Path repository,
    Path javaHome,
    String path,
    StateFolder state,
    List<Path> files,
    ApiServer.Kind api) {

  public ClusterOptions {
    files = List.copyOf(files);
  }
}
