package io.warmgate.config;

/**
 * A listener's certificate, by reference.
 *
 * @param certificate PEM chain, leaf first
 * @param privateKey PEM, PKCS#8 or PKCS#1
 */
public record ListenerTls(ValueRef certificate, ValueRef privateKey) {
  public ListenerTls {
    Check.present("certificate", certificate);
    Check.present("privateKey", privateKey);
  }
}
