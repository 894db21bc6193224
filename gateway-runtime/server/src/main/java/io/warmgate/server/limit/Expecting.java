package io.warmgate.server.limit;

/** What one answer is expected to be, and then was. Confined to its request's event loop. */
final class Expecting {
  private final OfLate answers;
  private final long amount;
  private boolean underWay;

  /**
   * @param answers that the amount was guessed by
   */
  Expecting(OfLate answers, long amount) {
    this.answers = answers;
    this.amount = amount;
  }

  /** It is under way. Idempotent. */
  void begins() {
    if (!underWay && amount > 0) {
      answers.begins(amount);
      underWay = true;
    }
  }

  /** It was so much. */
  void was(long much) {
    answers.was(much);
  }

  /** Nothing more comes of it. Idempotent. */
  void ends() {
    if (underWay) {
      answers.ends(amount);
      underWay = false;
    }
  }
}
