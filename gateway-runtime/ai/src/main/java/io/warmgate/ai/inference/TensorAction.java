package io.warmgate.ai.inference;

import java.util.Set;

/** What a model of tensors is asked to do. */
public enum TensorAction {
  INFER(TensorProtocol.OPEN_INFERENCE, "infer", "outputs", "outputs"),
  /** Rows ({@code instances}) come back as predictions, columns ({@code inputs}) as outputs. */
  PREDICT(TensorProtocol.TENSORFLOW, "predict", "predictions", "outputs"),
  CLASSIFY(TensorProtocol.TENSORFLOW, "classify", "result", "results"),
  REGRESS(TensorProtocol.TENSORFLOW, "regress", "result", "results");

  private final TensorProtocol protocol;
  private final String word;
  private final String one;
  private final String other;

  TensorAction(TensorProtocol protocol, String word, String one, String other) {
    this.protocol = protocol;
    this.word = word;
    this.one = one;
    this.other = other;
  }

  public TensorProtocol protocol() {
    return protocol;
  }

  /** In paths. */
  public String word() {
    return word;
  }

  /** What an answer has at least one of. */
  Set<String> answers() {
    return one.equals(other) ? Set.of(one) : Set.of(one, other);
  }
}
