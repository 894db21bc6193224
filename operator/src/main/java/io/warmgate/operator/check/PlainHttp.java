package io.warmgate.operator.check;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One GET of HTTP/1.1 and as much of its answer as is read: the status, and the first line of the
 * body.
 */
final class PlainHttp {
  private static final int MAX_HEAD = 16 * 1_024;
  private static final int MAX_LINE = 256;

  /** RFC 9112 §4. */
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-9][0-9]{2})( .*)?");

  private PlainHttp() {}

  static byte[] request(URI url) {
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    String host = url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort();
    List<String> lines =
        List.of(
            "GET " + path + query + " HTTP/1.1",
            "Host: " + host,
            "User-Agent: warmgate-operator",
            "Accept: */*",
            "Connection: close",
            "",
            "");
    return String.join("\r\n", lines).getBytes(US_ASCII);
  }

  /**
   * @throws IOException saying what is wrong with the answer, or why there is no more of it
   */
  static Answer read(InputStream in) throws IOException {
    int code;
    boolean chunked;
    do { // RFC 9110 §15.2: any number of interim answers may come first
      code = status(line(in, MAX_HEAD));
      chunked = fields(in);
    } while (code < 200);
    return new Answer.Status(code, firstLine(in, chunked));
  }

  private static int status(String line) throws IOException {
    Matcher matcher = STATUS.matcher(line);
    if (!matcher.matches()) {
      throw new IOException("what it sent is no HTTP/1.1");
    }
    return Integer.parseInt(matcher.group(1));
  }

  /** Whether the body is in chunks. */
  private static boolean fields(InputStream in) throws IOException {
    boolean chunked = false;
    int left = MAX_HEAD;
    for (String line = line(in, left); !line.isEmpty(); line = line(in, left)) {
      left -= line.length();
      if (left <= 0) {
        throw new IOException("its head is longer than %d bytes".formatted(MAX_HEAD));
      }
      String field = line.toLowerCase(Locale.ROOT);
      chunked |= field.startsWith("transfer-encoding:") && field.contains("chunked");
    }
    return chunked;
  }

  /** A body that does not come, or breaks off, has an answer's status all the same. */
  private static String firstLine(InputStream in, boolean chunked) {
    try {
      if (chunked) {
        String _ = line(in, MAX_LINE); // RFC 9112 §7.1: the size of the first chunk
      }
      return line(in, MAX_LINE);
    } catch (IOException e) {
      return "";
    }
  }

  /** Up to the line's end, the end, or so many bytes. */
  private static String line(InputStream in, int max) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int next = in.read();
    if (next < 0) {
      throw new IOException("it closed the connection");
    }
    while (next >= 0 && next != '\n' && bytes.size() < max) {
      bytes.write(next);
      next = in.read();
    }
    return bytes.toString(UTF_8).replaceAll("[\\p{Cntrl}\\u2028\\u2029]", " ").strip();
  }
}
