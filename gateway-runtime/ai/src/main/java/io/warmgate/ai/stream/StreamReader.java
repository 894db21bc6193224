package io.warmgate.ai.stream;

import java.util.List;

/** Reads one provider's stream. Nothing follows {@link StreamEvent.Ended} or {@code Failed}. */
public interface StreamReader {

  /**
   * @param chunk as it came from the network: cut anywhere, also within a character
   * @return what is known now
   */
  List<StreamEvent> read(byte[] chunk);

  /** The connection ended: {@link StreamEvent.Failed} where the stream had not. */
  List<StreamEvent> end();
}
