package io.warmgate.aisimulator.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.warmgate.aisimulator.exchange.Framing;
import io.warmgate.aisimulator.exchange.ServerEvent;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * Amazon's event stream encoding. An event whose name ends with {@code Exception} is sent as one.
 */
final class EventFrames implements Framing {
  private static final int TEXT = 7;
  private static final int AROUND = 16;

  @Override
  public String mediaType() {
    return "application/vnd.amazon.eventstream";
  }

  @Override
  public byte[] frame(ServerEvent event) {
    boolean exception = event.name().endsWith("Exception");
    var headers = new ByteArrayOutputStream();
    header(headers, exception ? ":exception-type" : ":event-type", event.name());
    header(headers, ":content-type", "application/json");
    header(headers, ":message-type", exception ? "exception" : "event");
    return frame(headers.toByteArray(), event.data().getBytes(UTF_8));
  }

  private static void header(ByteArrayOutputStream out, String name, String value) {
    out.write(name.length());
    out.writeBytes(name.getBytes(UTF_8));
    out.write(TEXT);
    out.write(value.length() >> 8);
    out.write(value.length());
    out.writeBytes(value.getBytes(UTF_8));
  }

  private static byte[] frame(byte[] headers, byte[] payload) {
    byte[] bytes = new byte[AROUND + headers.length + payload.length];
    ByteBuffer frame = ByteBuffer.wrap(bytes);
    frame.putInt(bytes.length).putInt(headers.length);
    frame.putInt(checksum(bytes, frame.position()));
    frame.put(headers).put(payload);
    frame.putInt(checksum(bytes, frame.position()));
    return bytes;
  }

  private static int checksum(byte[] bytes, int length) {
    var crc = new CRC32();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
