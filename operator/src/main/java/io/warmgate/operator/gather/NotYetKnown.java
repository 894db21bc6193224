package io.warmgate.operator.gather;

/** Something that a gateway refers to could not be asked for yet; it is being tried. */
public final class NotYetKnown extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotYetKnown(String what) {
    super(what + " could not be read from the API server yet");
  }
}
