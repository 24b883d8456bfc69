#!/bin/sh
# Tries every setting for real, as the service itself will: its user, its folder, the files handed over to it, and its limits. Whatever
# works here works there. /opt/formsflow/check.sh [--send-test-mail you@your-district.org]. See docs/install-self-hosted.md.
#
# The properties are those of formsflow.service. The user's name has to be the same: systemd gives the folder to whom it names.
exec systemd-run --unit=formsflow-check --quiet --wait --collect --pipe --service-type=exec \
  --property=User=formsflow \
  --property=DynamicUser=yes \
  --property=StateDirectory=formsflow \
  --property=StateDirectoryMode=0700 \
  --property=WorkingDirectory=/var/lib/formsflow \
  --property=LoadCredential=local.settings.json:/etc/formsflow/local.settings.json \
  --property=LoadCredential=google-service-account.json:/etc/formsflow/google-service-account.json \
  --property=Environment=Google__CredentialsFile=/run/credentials/formsflow-check.service/google-service-account.json \
  --property=Environment=Storage__Path=/var/lib/formsflow/formsflow.db \
  --property=Environment=DOTNET_EnableDiagnostics=0 \
  --property=UMask=0077 \
  --property=ProtectSystem=strict \
  --property=ProtectHome=yes \
  --property=PrivateTmp=yes \
  --property=PrivateDevices=yes \
  --property=ProtectKernelTunables=yes \
  --property=ProtectKernelModules=yes \
  --property=ProtectKernelLogs=yes \
  --property=ProtectControlGroups=yes \
  --property=ProtectClock=yes \
  --property=ProtectHostname=yes \
  --property=ProtectProc=invisible \
  --property=NoNewPrivileges=yes \
  --property="RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX" \
  --property=RestrictNamespaces=yes \
  --property=RestrictRealtime=yes \
  --property=RestrictSUIDSGID=yes \
  --property=LockPersonality=yes \
  --property=CapabilityBoundingSet= \
  --property=SystemCallArchitectures=native \
  --property=SystemCallFilter=@system-service \
  --property="SystemCallFilter=~@privileged @resources" \
  --property=SystemCallErrorNumber=EPERM \
  /usr/bin/dotnet /opt/formsflow/current/FormsFlow.Server.dll check --settings /run/credentials/formsflow-check.service/local.settings.json "$@"
