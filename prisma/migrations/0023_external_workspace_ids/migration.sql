-- The platform's own id of a workspace is called so: "workspaceId" is what one would look for in "Workspace".id.
ALTER TABLE "Account" RENAME COLUMN "workspaceId" TO "externalWorkspaceId";
ALTER TABLE "LinkRequest" RENAME COLUMN "workspaceId" TO "externalWorkspaceId";
ALTER TABLE "Member" RENAME COLUMN "workspaceId" TO "externalWorkspaceId";
ALTER TABLE "MemberList" RENAME COLUMN "workspaceId" TO "externalWorkspaceId";
ALTER TABLE "MemberPlace" RENAME COLUMN "workspaceId" TO "externalWorkspaceId";

ALTER INDEX "Account_platform_workspaceId_accountId_key" RENAME TO "Account_platform_externalWorkspaceId_accountId_key";
ALTER INDEX "LinkRequest_platform_workspaceId_accountId_key"
  RENAME TO "LinkRequest_platform_externalWorkspaceId_accountId_key";
ALTER INDEX "Member_platform_workspaceId_accountId_key" RENAME TO "Member_platform_externalWorkspaceId_accountId_key";
ALTER INDEX "MemberPlace_platform_workspaceId_placeId_key" RENAME TO "MemberPlace_platform_externalWorkspaceId_placeId_key";

-- A request that waits for its answer names accounts by the same words. What somebody typed holds no bare quotation mark.
UPDATE "SeenRequest" SET asked = replace(asked::text, '"workspaceId":', '"externalWorkspaceId":')::jsonb
WHERE asked IS NOT NULL;
