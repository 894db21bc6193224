package io.warmgate.aisimulator.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.warmgate.aisimulator.exchange.Call;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a request is signed with (AWS, "Create a signed AWS API request").
 *
 * @param headers those that are signed, in their order
 * @param date {@code 20261127T150000Z}
 * @param scope {@code 20261127/eu-central-1/bedrock/aws4_request}
 */
record Signature(Call call, List<String> headers, String date, String scope) {

  /** By that secret. */
  String by(String secret) {
    String toSign =
        String.join("\n", "AWS4-HMAC-SHA256", date, scope, digest(canonical().getBytes(UTF_8)));
    byte[] key = ("AWS4" + secret).getBytes(UTF_8);
    for (String step : scope.split("/")) {
      key = mac(key, step);
    }
    return HexFormat.of().formatHex(mac(key, toSign));
  }

  /** The content's digest is the content's, whatever a header says of it. */
  private String canonical() {
    String fields =
        headers.stream().map(name -> name + ":" + value(name) + "\n").collect(Collectors.joining());
    return String.join(
        "\n",
        call.method(),
        path(),
        call.query(),
        fields,
        String.join(";", headers),
        digest(call.body()));
  }

  private String value(String name) {
    return call.header(name).orElse("").strip().replaceAll(" +", " ");
  }

  /** Each of its pieces encoded once more than it is sent: only S3 takes it as it is. */
  private String path() {
    return Arrays.stream(call.path().split("/", -1))
        .map(piece -> URLEncoder.encode(piece, UTF_8))
        .map(piece -> piece.replace("+", "%20").replace("*", "%2A").replace("%7E", "~"))
        .collect(Collectors.joining("/"));
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] mac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
