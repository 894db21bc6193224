package io.warmgate.server.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import io.warmgate.server.exchange.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@link Kept} as bytes, numbers big-endian, texts as UTF-8 behind their length.
 *
 * <pre>
 *  1  version, 1
 *  1  kind: A answer, F failed, L too large
 *  A: 2 status, 4 number of fields, each: 4 length, name, 4 length, value; then the body
 *  F: 4 length, the problem's token
 * </pre>
 */
final class KeptCodec {
  private static final int VERSION = 1;
  private static final int MAX_FIELDS = 10_000;

  private KeptCodec() {}

  static byte[] write(Kept kept) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      switch (kept) {
        case Kept.Answer answer -> write(answer, out);
        case Kept.Failed(Problem problem) -> {
          out.writeByte('F');
          text(problem.token(), out);
        }
        case Kept.TooLarge _ -> out.writeByte('L');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(Kept.Answer answer, DataOutputStream out) throws IOException {
    out.writeByte('A');
    out.writeShort(answer.status());
    out.writeInt(answer.fields().size());
    for (Kept.Field field : answer.fields()) {
      text(field.name(), out);
      text(field.value(), out);
    }
    out.write(answer.body().getBytes());
  }

  private static void text(String text, DataOutputStream out) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /** Empty where the bytes are none of these. */
  static Optional<Kept> read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return in.readUnsignedByte() == VERSION
          ? Optional.ofNullable(
              switch (in.readUnsignedByte()) {
                case 'A' -> answer(in);
                case 'F' -> failed(text(in)).orElse(null);
                case 'L' -> new Kept.TooLarge();
                default -> null;
              })
          : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static Kept answer(DataInputStream in) throws IOException {
    int status = in.readUnsignedShort();
    int count = in.readInt();
    if (status < 200 || status > 599 || count < 0 || count > MAX_FIELDS) {
      throw new IOException("no answer");
    }
    List<Kept.Field> fields = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      fields.add(new Kept.Field(text(in), text(in)));
    }
    return new Kept.Answer(status, List.copyOf(fields), Buffer.buffer(in.readAllBytes()));
  }

  private static Optional<Kept> failed(String token) {
    for (Problem problem : Problem.values()) {
      if (problem.token().equals(token)) {
        return Optional.of(new Kept.Failed(problem));
      }
    }
    return Optional.empty();
  }

  private static String text(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("cut");
    }
    return new String(in.readNBytes(length), UTF_8);
  }
}
