package io.warmgate.operator.fleet;

import io.warmgate.config.admin.Refusal;

/** What came of a request to a pod's admin API. */
sealed interface Reply<T> {

  /** The pod did as it was asked. */
  record Done<T>(T answer) implements Reply<T> {}

  /** The pod answered that it changed nothing. */
  record Refused<T>(int status, Refusal refusal) implements Reply<T> {}

  /** No answer, or none that the contract knows: what was asked may or may not have happened. */
  record Failed<T>(String problem) implements Reply<T> {}
}
