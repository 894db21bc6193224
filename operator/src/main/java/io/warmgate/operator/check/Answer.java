package io.warmgate.operator.check;

/** What asking once came to. */
sealed interface Answer {

  /**
   * @param firstLine of the body, printable and short; empty where there is none
   */
  record Status(int code, String firstLine) implements Answer {}

  /**
   * @param why for people
   */
  record None(String why) implements Answer {}

  /** It was not asked, and is not to be. */
  record Refused(String why) implements Answer {}
}
