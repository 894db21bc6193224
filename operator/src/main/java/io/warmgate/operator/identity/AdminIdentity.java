package io.warmgate.operator.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.warmgate.config.admin.AdminApi;
import java.io.ByteArrayInputStream;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The content of a gateway's admin Secret.
 *
 * <p>Renewed {@link #RENEW_BEFORE} its certificate ends. Pods read the renewed one from their mount
 * within a minute or two; till each has, the operator trusts the one before too ({@link
 * #PREVIOUS}), which stays valid for all of that time.
 *
 * @param data key of the Secret → value
 */
public record AdminIdentity(Map<String, byte[]> data) {
  /** Key of the certificate before this one; absent before the first renewal. Public, like both. */
  public static final String PREVIOUS = "previous.crt";

  /** Key of the HMAC key that secret values are fingerprinted with; never mounted. */
  public static final String FINGERPRINT_KEY = "fingerprint-key";

  static final Duration RENEW_BEFORE = Duration.ofDays(30);

  private static final int TOKEN_BYTES = 32;

  public AdminIdentity {
    data = new TreeMap<>(data);
  }

  /**
   * The identity that should be from now on: {@code known} itself where it is whole and far from
   * its end, else renewed or made anew in the parts that are missing or broken.
   *
   * @param known content of the Secret; empty where there is none
   * @param names that the certificate is for
   */
  public static AdminIdentity ensure(Map<String, byte[]> known, List<String> names, Instant now) {
    Map<String, byte[]> data = new TreeMap<>(known);
    data.computeIfAbsent(AdminApi.OPERATOR_TOKEN, key -> utf8(randomToken()));
    data.computeIfAbsent(AdminApi.PURGE_TOKEN, key -> utf8(randomToken()));
    data.computeIfAbsent(AdminApi.PREVIEW_TOKEN, key -> utf8(randomToken()));
    data.computeIfAbsent(AdminApi.HANDOVER_TOKEN, key -> utf8(randomToken()));
    data.computeIfAbsent(FINGERPRINT_KEY, key -> randomBytes());
    Optional<X509Certificate> served = certificate(known.get(AdminApi.TLS_CERTIFICATE));
    boolean whole = served.isPresent() && known.containsKey(AdminApi.TLS_PRIVATE_KEY);
    if (!whole || endsSoon(served.get(), now) || !names(served.get()).containsAll(names)) {
      AdminCertificate minted = AdminCertificate.mint(names, now);
      served.ifPresent(before -> data.put(PREVIOUS, known.get(AdminApi.TLS_CERTIFICATE)));
      data.put(AdminApi.TLS_CERTIFICATE, utf8(minted.certificatePem()));
      data.put(AdminApi.TLS_PRIVATE_KEY, utf8(minted.privateKeyPem()));
    }
    return new AdminIdentity(data);
  }

  private static boolean endsSoon(X509Certificate certificate, Instant now) {
    return now.plus(RENEW_BEFORE).isAfter(certificate.getNotAfter().toInstant());
  }

  private static Set<String> names(X509Certificate certificate) {
    Set<String> names = new HashSet<>();
    try {
      Collection<List<?>> alternative = certificate.getSubjectAlternativeNames();
      for (List<?> name : alternative == null ? List.<List<?>>of() : alternative) {
        names.add(String.valueOf(name.get(1)));
      }
    } catch (CertificateParsingException e) {
      return Set.of();
    }
    return names;
  }

  /** The certificates that pods may show now. */
  public List<X509Certificate> trusted() {
    List<X509Certificate> trusted = new ArrayList<>();
    certificate(data.get(AdminApi.TLS_CERTIFICATE)).ifPresent(trusted::add);
    certificate(data.get(PREVIOUS)).ifPresent(trusted::add);
    return trusted;
  }

  public String operatorToken() {
    return new String(require(AdminApi.OPERATOR_TOKEN), UTF_8);
  }

  public byte[] fingerprintKey() {
    return require(FINGERPRINT_KEY).clone();
  }

  private byte[] require(String key) {
    byte[] value = data.get(key);
    if (value == null) {
      throw new IllegalStateException("the admin Secret has no " + key);
    }
    return value;
  }

  private static Optional<X509Certificate> certificate(byte @Nullable [] pem) {
    if (pem == null) {
      return Optional.empty();
    }
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      return Optional.of(
          (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(pem)));
    } catch (CertificateException e) {
      return Optional.empty();
    }
  }

  private static byte[] randomBytes() {
    byte[] bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  private static String randomToken() {
    return HexFormat.of().formatHex(randomBytes());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  @Override
  public String toString() {
    return "AdminIdentity" + data.keySet();
  }
}
