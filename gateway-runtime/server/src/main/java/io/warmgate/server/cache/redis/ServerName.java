package io.warmgate.server.cache.redis;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The name or address that a server's certificate must be for (<a
 * href="https://www.rfc-editor.org/rfc/rfc9525#section-6">RFC 9525 §6</a>). The common name of a
 * certificate is no name of its server (§2).
 */
record ServerName(String text) {
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  /** Whether one of the certificate's names is this one; an address is no DNS name. */
  boolean isOf(X509Certificate certificate) throws CertificateParsingException {
    InetAddress address = address(text);
    for (List<?> name : names(certificate)) {
      String presented = String.valueOf(name.get(1));
      // RFC 9525 §6.4: addresses byte for byte.
      boolean same =
          address == null
              ? Integer.valueOf(DNS_NAME).equals(name.get(0)) && isDnsName(presented)
              : Integer.valueOf(IP_ADDRESS).equals(name.get(0))
                  && address.equals(address(presented));
      if (same) {
        return true;
      }
    }
    return false;
  }

  /** The names that a certificate has, for who reads the log. */
  static List<String> in(X509Certificate certificate) throws CertificateParsingException {
    List<String> names = new ArrayList<>();
    for (List<?> name : names(certificate)) {
      names.add(String.valueOf(name.get(1)));
    }
    return names;
  }

  private static Collection<List<?>> names(X509Certificate certificate)
      throws CertificateParsingException {
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    return names == null ? List.of() : names;
  }

  /** RFC 9525 §6.3: label by label; a wildcard is the whole first label, and stands for one. */
  private boolean isDnsName(String presented) {
    String wanted = withoutDot(text);
    String pattern = withoutDot(presented);
    if (!pattern.startsWith("*.")) {
      return pattern.equals(wanted);
    }
    int dot = wanted.indexOf('.');
    return dot > 0 && wanted.substring(dot).equals(pattern.substring(1));
  }

  private static String withoutDot(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  /** Null where the text is none. */
  private static @Nullable InetAddress address(String text) {
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }
}
