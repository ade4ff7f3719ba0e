# Prints COUNT people as LDIF, with the attributes that slapo-ppolicy and slapo-lastbind keep. Nothing in it is real.
BEGIN {
  srand(17)
  for (i = 1; i <= count; i++) {
    uid = sprintf("user%06d", i)
    printf "dn: uid=%s,ou=people,%s\nobjectClass: inetOrgPerson\nuid: %s\n", uid, suffix, uid
    printf "cn: Given%d Family%d\nsn: Family%d\ngivenName: Given%d\n", i % 997, i % 7919, i % 7919, i % 997
    printf "mail: %s@ex.test\nuserPassword: {SSHA}notapassword\n", uid
    printf "pwdChangedTime: 2026%02d%02d120000Z\n", 1 + int(rand() * 9), 1 + int(rand() * 28)
    if (rand() < 0.9) printf "authTimestamp: 2026%02d%02d080000Z\n", 1 + int(rand() * 9), 1 + int(rand() * 28)
    if (rand() < 0.02) printf "pwdAccountLockedTime: 000001010000Z\n"
    printf "\n"
  }
}
