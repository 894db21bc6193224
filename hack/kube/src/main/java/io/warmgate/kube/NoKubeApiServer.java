package io.warmgate.kube;

/** There is no API server to be had here, or it did not start; the message says what to do. */
public final class NoKubeApiServer extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoKubeApiServer(String message) {
    super(message);
  }

  NoKubeApiServer(String message, Throwable cause) {
    super(message, cause);
  }
}
