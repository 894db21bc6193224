package io.warmgate.server.cache.redis;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts a server whose chain leads to an authority (RFC 5280 §6) and whose certificate is for the
 * name that was asked for. The Redis client can be told no name but the one it connects to, so the
 * name is compared here; and so a refusal can say what is wrong.
 */
final class ServerTrust extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager authorities;
  private final ServerName name;

  ServerTrust(X509ExtendedTrustManager authorities, ServerName name) {
    this.authorities = authorities;
    this.name = name;
  }

  /** Why a server is not trusted, in words for its user. */
  static final class Refused extends CertificateException {
    private static final long serialVersionUID = 1L;

    Refused(String message, CertificateException cause) {
      super(message, cause);
    }

    Refused(String message) {
      super(message);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    try {
      authorities.checkServerTrusted(chain, authType, engine);
    } catch (CertificateException e) {
      throw new Refused(
          "its certificate is out of date, or signed by none of the authorities that are trusted"
              + " (tls.caSecretRef): "
              + e.getMessage(),
          e);
    }
    checkName(chain[0]);
  }

  private void checkName(X509Certificate leaf) throws CertificateException {
    if (!name.isOf(leaf)) {
      throw new Refused(
          "its certificate is for "
              + ServerName.in(leaf)
              + ", not for "
              + name.text()
              + " (tls.serverName)");
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    authorities.checkServerTrusted(chain, authType, socket);
    checkName(chain[0]);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    authorities.checkServerTrusted(chain, authType);
    checkName(chain[0]);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("no clients are taken here");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("no clients are taken here");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("no clients are taken here");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return authorities.getAcceptedIssuers();
  }
}
