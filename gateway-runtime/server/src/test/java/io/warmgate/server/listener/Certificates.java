package io.warmgate.server.listener;

import io.warmgate.config.ValueRef;
import io.warmgate.server.Values;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A self-signed certificate for {@code localhost}, and the pod's values with it. */
public record Certificates(String certificate, String key, String serial) {

  public static Certificates create(long serial) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      X500Name name = new X500Name("CN=localhost");
      Instant now = Instant.now();
      byte[] der =
          new JcaX509v3CertificateBuilder(
                  name,
                  BigInteger.valueOf(serial),
                  Date.from(now.minusSeconds(60)),
                  Date.from(now.plusSeconds(3_600)),
                  name,
                  pair.getPublic())
              .addExtension(
                  Extension.subjectAlternativeName,
                  false,
                  new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")))
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
              .getEncoded();
      return new Certificates(
          pem("CERTIFICATE", der),
          pem("PRIVATE KEY", pair.getPrivate().getEncoded()),
          Long.toString(serial));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static String pem(String kind, byte[] der) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n";
  }

  private static byte[] bytes(String pem) {
    return pem.getBytes(StandardCharsets.US_ASCII);
  }

  ValueRef certificateRef() {
    return ref("tls.crt");
  }

  ValueRef keyRef() {
    return ref("tls.key");
  }

  private ValueRef ref(String name) {
    String tail = serial + (name.endsWith("key") ? "b" : "a");
    return new ValueRef("test/cert/" + name, "0".repeat(64 - tail.length()) + tail);
  }

  Values values() {
    Map<ValueRef, byte[]> values = new HashMap<>();
    values.put(certificateRef(), bytes(certificate));
    values.put(keyRef(), bytes(key));
    return reference -> {
      byte[] value = values.get(reference);
      if (value == null) {
        throw new io.warmgate.config.ConfigException(reference.name(), "is not here");
      }
      return value;
    };
  }

  public SSLContext trusting() {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null);
      store.setCertificateEntry(
          "ca",
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(bytes(certificate))));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
