package io.warmgate.ai.inference;

import io.warmgate.ai.Dialect;

/** How a model server is spoken to. */
public enum TensorProtocol {
  /** Open Inference Protocol v2, "HTTP/REST". */
  OPEN_INFERENCE(Dialect.OPEN_INFERENCE, "warmgate-open-inference/1"),
  /** TensorFlow Serving, "RESTful API". */
  TENSORFLOW(Dialect.TENSORFLOW_SERVING, "warmgate-tensorflow/1");

  private final Dialect dialect;
  private final String keyFormat;

  TensorProtocol(Dialect dialect, String keyFormat) {
    this.dialect = dialect;
    this.keyFormat = keyFormat;
  }

  public Dialect dialect() {
    return dialect;
  }

  /** Changes with the canonical form of its questions. */
  String keyFormat() {
    return keyFormat;
  }
}
