package io.warmgate.local;

/** Where {@code up} says how far it is. Steps overlap. */
public interface Progress {

  /** A step begins. */
  void begin(String step);

  /** What a step waits for now. */
  void waiting(String step, String on);

  /** A step is done. */
  void done(String step);

  /** A line that stays. */
  void note(String line);
}
