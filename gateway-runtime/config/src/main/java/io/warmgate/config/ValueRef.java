package io.warmgate.config;

/**
 * A secret value by reference: the configuration never holds the value. Values travel in the
 * gateway's values Secret and by a push of their own, under their fingerprint; a pod takes a
 * revision only when it has every value the revision names.
 *
 * @param name where the user keeps it, {@code namespace/secret/key}: for messages
 * @param fingerprint lower-case hexadecimal HMAC-SHA-256 of the value under a key of the gateway's
 *     own, so that a value cannot be guessed from it
 */
public record ValueRef(String name, String fingerprint) {
  public ValueRef {
    Check.text("name", name);
    Check.that(
        Check.present("fingerprint", fingerprint).matches("[0-9a-f]{64}"),
        "fingerprint",
        "is not 64 hexadecimal digits");
  }
}
