package io.warmgate.local.manifest;

import java.io.Serial;

/** A manifest that cannot be used; the message begins with {@code file:line}. */
public final class ManifestException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  public ManifestException(String message) {
    super(message);
  }
}
