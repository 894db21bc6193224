package io.warmgate.server.ai;

import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.ai.chat.ModelError;

/** Why a model's answer is none, in words for the client. Cheap: no stack trace. */
final class ModelFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ModelError error;

  ModelFailure(ModelError error) {
    super(error.message(), null, false, false);
    this.error = error;
  }

  /** Of what came from a provider. */
  static ModelFailure unreadable(String why) {
    return new ModelFailure(ModelError.of(ErrorKind.UNREADABLE, why));
  }

  ModelError error() {
    return error;
  }
}
