package io.warmgate.server;

import io.warmgate.config.ValueRef;

/** The secret values that this pod has. */
public interface Values {

  /**
   * @return the bytes, not to be changed
   * @throws io.warmgate.config.ConfigException where it is not there; names the reference
   */
  byte[] value(ValueRef reference);
}
