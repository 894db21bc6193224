package io.warmgate.local.kubelet.image;

import java.io.Serial;

/** An image that nothing on this machine stands for. */
public final class ImageException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  public ImageException(String message) {
    super(message);
  }
}
