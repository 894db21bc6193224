package io.warmgate.httpcache.structured;

/** The text is no structured field value. Cheap: no stack trace. */
final class Malformed extends Exception {
  private static final long serialVersionUID = 1;

  Malformed() {
    super(null, null, false, false);
  }
}
