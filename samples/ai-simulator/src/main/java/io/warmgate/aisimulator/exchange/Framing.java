package io.warmgate.aisimulator.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

/** How the events of a stream are sent. */
public interface Framing {
  /** As most do. */
  Framing SERVER_SENT =
      new Framing() {
        @Override
        public String mediaType() {
          return "text/event-stream; charset=utf-8";
        }

        @Override
        public byte[] frame(ServerEvent event) {
          return event.wire().getBytes(UTF_8);
        }
      };

  /** Of the stream. */
  String mediaType();

  /** One event. */
  byte[] frame(ServerEvent event);
}
