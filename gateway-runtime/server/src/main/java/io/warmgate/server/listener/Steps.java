package io.warmgate.server.listener;

import io.warmgate.server.PreviewToken;
import io.warmgate.server.access.AccessParts;
import io.warmgate.server.credential.Proofs;
import io.warmgate.server.exchange.CacheStep;
import io.warmgate.server.exchange.Elsewhere;
import io.warmgate.server.exchange.LimitStep;
import io.warmgate.server.exchange.Observer;
import io.warmgate.server.version.VersionWatch;

/**
 * The steps of a request that are plugged in.
 *
 * @param preview what lets a request see the other side of a route
 * @param elsewhere what leaves requests to other pods
 * @param access what who asks is decided with
 * @param limits what refuses requests
 * @param proofs what is known of models' credentials
 * @param versions what is known of the versions that servers of models have
 */
public record Steps(
    CacheStep cache,
    Observer observer,
    PreviewToken preview,
    Elsewhere.Maker elsewhere,
    AccessParts access,
    LimitStep limits,
    Proofs proofs,
    VersionWatch versions) {

  /** Nothing is revoked, and nothing limited. */
  public Steps(
      CacheStep cache, Observer observer, PreviewToken preview, Elsewhere.Maker elsewhere) {
    this(cache, observer, preview, elsewhere, new AccessParts());
  }

  /** Nothing is limited. */
  public Steps(
      CacheStep cache,
      Observer observer,
      PreviewToken preview,
      Elsewhere.Maker elsewhere,
      AccessParts access) {
    this(
        cache,
        observer,
        preview,
        elsewhere,
        access,
        LimitStep.NONE,
        Proofs.NONE,
        VersionWatch.NONE);
  }

  /** The same, held to limits. */
  public Steps limitedBy(LimitStep limiting) {
    return new Steps(cache, observer, preview, elsewhere, access, limiting, proofs, versions);
  }

  /** The same, where models' credentials are looked to. */
  public Steps proving(Proofs wanted) {
    return new Steps(cache, observer, preview, elsewhere, access, limits, wanted, versions);
  }

  /** The same, where servers are asked which versions they have. */
  public Steps watching(VersionWatch wanted) {
    return new Steps(cache, observer, preview, elsewhere, access, limits, proofs, wanted);
  }

  /** Every pod answers what comes to it. */
  public Steps(CacheStep cache, Observer observer, PreviewToken preview) {
    this(cache, observer, preview, Elsewhere.Maker.NONE);
  }

  /** Nobody sees a side that is not theirs. */
  public Steps(CacheStep cache, Observer observer) {
    this(cache, observer, new PreviewToken());
  }
}
