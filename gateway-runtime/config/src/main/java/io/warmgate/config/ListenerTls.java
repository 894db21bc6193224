package io.warmgate.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A listener's certificate, by reference, and its clients'.
 *
 * @param certificate PEM chain, leaf first
 * @param privateKey PEM, PKCS#8 or PKCS#1
 * @param clientCertificates whose are taken; null, and then not written: any, where a rule accepts
 *     client certificates
 */
public record ListenerTls(
    ValueRef certificate,
    ValueRef privateKey,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ClientCertificates clientCertificates) {
  public ListenerTls {
    Check.present("certificate", certificate);
    Check.present("privateKey", privateKey);
  }

  /** Of clients nothing is said. */
  public ListenerTls(ValueRef certificate, ValueRef privateKey) {
    this(certificate, privateKey, null);
  }

  /** The same, and this of its clients. */
  public ListenerTls with(ClientCertificates clients) {
    return new ListenerTls(certificate, privateKey, clients);
  }

  /** Every value that it names. */
  public List<ValueRef> values() {
    return Stream.of(
            certificate,
            privateKey,
            clientCertificates == null ? null : clientCertificates.certificateAuthority())
        .filter(Objects::nonNull)
        .toList();
  }
}
