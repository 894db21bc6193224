package io.warmgate.server.listener;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.Socket;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** A certificate authority of a test's own. */
public final class Authority {
  private static final AtomicLong SERIAL = new AtomicLong(100);

  private final X500Name name;
  private final KeyPair pair = pair();
  private final X509Certificate certificate;

  /**
   * @param name one that no other has: clients choose their certificate by it
   */
  public Authority(String name) {
    this.name = new X500Name("CN=" + name);
    this.certificate = sign(this.name, pair, Validity.NOW, null, true);
  }

  /** When a certificate holds. */
  public enum Validity {
    NOW(Duration.ofMinutes(-5), Duration.ofHours(1)),
    OVER(Duration.ofHours(-2), Duration.ofHours(-1)),
    NOT_YET(Duration.ofHours(1), Duration.ofHours(2));

    private final Duration from;
    private final Duration to;

    Validity(Duration from, Duration to) {
      this.from = from;
      this.to = to;
    }
  }

  /** A certificate that was issued, and its key. */
  public record Issued(X509Certificate x509, KeyPair pair) {
    /** PEM. */
    public byte[] certificate() {
      return encoded(x509).getBytes(US_ASCII);
    }

    /** PEM, PKCS#8. */
    public byte[] key() {
      return pem("PRIVATE KEY", pair.getPrivate().getEncoded()).getBytes(US_ASCII);
    }

    /** SHA-256, hexadecimal. */
    public String digest() {
      try {
        return HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(x509.getEncoded()));
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }

    private KeyManagerFactory keys() throws Exception {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null);
      Certificate[] chain = {x509};
      store.setKeyEntry("own", pair.getPrivate(), new char[0], chain);
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, new char[0]);
      return keys;
    }

    /** Of a server that has it. */
    public SSLContext served() {
      try {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys().getKeyManagers(), null, null);
        return context;
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }

    /** Of a client that shows it whatever it is asked for, and takes any server. */
    public SSLContext client() {
      try {
        return context(new Showing((X509ExtendedKeyManager) keys().getKeyManagers()[0]));
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  /** Of a client that has no certificate. */
  public static SSLContext without() {
    try {
      return context();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static SSLContext context(KeyManager... keys) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, new TrustManager[] {new AnyServer()}, null);
    return context;
  }

  /** For clients. */
  public Issued issue(String subject) {
    return issue(subject, Validity.NOW, KeyPurposeId.id_kp_clientAuth);
  }

  /** For servers at {@code localhost}. */
  public Issued server() {
    return issue("localhost", Validity.NOW, KeyPurposeId.id_kp_serverAuth);
  }

  public Issued issue(String subject, Validity validity, KeyPurposeId purpose) {
    KeyPair own = pair();
    return new Issued(sign(new X500Name("CN=" + subject), own, validity, purpose, false), own);
  }

  /** Its own certificate, PEM. */
  public byte[] bundle() {
    return encoded(certificate).getBytes(US_ASCII);
  }

  /** Its own certificate and the other's. */
  public byte[] bundle(Authority other) {
    return (encoded(certificate) + encoded(other.certificate)).getBytes(US_ASCII);
  }

  private X509Certificate sign(
      X500Name subject,
      KeyPair of,
      Validity validity,
      @Nullable KeyPurposeId purpose,
      boolean authority) {
    try {
      Instant now = Instant.now();
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              name,
              BigInteger.valueOf(SERIAL.incrementAndGet()),
              Date.from(now.plus(validity.from)),
              Date.from(now.plus(validity.to)),
              subject,
              of.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      if (purpose != null) {
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")));
      }
      byte[] der =
          builder
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
              .getEncoded();
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static String encoded(X509Certificate certificate) {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new AssertionError(e);
    }
  }

  private static String pem(String kind, byte[] der) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n";
  }

  /** Java's own shows none where the server's authorities did not issue it. */
  private static final class Showing extends X509ExtendedKeyManager {
    private final X509ExtendedKeyManager own;

    Showing(X509ExtendedKeyManager own) {
      this.own = own;
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
      return new String[] {"own"};
    }

    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
      return "own";
    }

    @Override
    public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
      return "own";
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
      return new String[0];
    }

    @Override
    public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
      return "";
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return own.getCertificateChain(alias);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return own.getPrivateKey(alias);
    }
  }

  private static final class AnyServer extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new java.security.cert.X509Certificate[0];
    }
  }
}
