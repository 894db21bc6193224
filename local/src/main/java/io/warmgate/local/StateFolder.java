package io.warmgate.local;

import java.nio.file.Path;

/** What lies where in the state folder ({@code .warmgate}). */
public record StateFolder(Path path) {

  /** For kubectl. */
  public Path kubeconfig() {
    return path.resolve("kubeconfig");
  }

  public Path logs() {
    return path.resolve("logs");
  }

  /** The supervisor's own log. */
  public Path log() {
    return path.resolve("up.log");
  }

  /** Locked by the supervisor as long as it lives; holds its process id. */
  public Path lock() {
    return path.resolve("supervisor.pid");
  }

  /** The gateways' URLs, a line each: {@code namespace gateway port url}. */
  public Path urls() {
    return path.resolve("urls");
  }

  /** Images that the user adds: {@link io.warmgate.local.kubelet.image.ImageEntry}. */
  public Path images() {
    return path.resolve("images.yaml");
  }

  Path programs() {
    return path.resolve("programs");
  }

  Path hosts() {
    return path.resolve("hosts");
  }

  Path apiServer() {
    return path.resolve("api");
  }

  /** Gone at the next start: what belongs to one run. */
  Path[] ofOneRun() {
    return new Path[] {
      path.resolve("pods"), apiServer(), hosts(), logs(), urls(), kubeconfig(), programs()
    };
  }
}
